"""What other programs answer to the workloads: a module a program, named with_PROGRAM.

Each has ANSWERS: for the name of a workload a function that takes the Data and returns seconds and the answer. The
seconds include filtering and building indexes, not imports and reading files, except where reading is the work.
"""

import importlib.util
import os
import shutil
import time

PROCESSORS = os.cpu_count()

# What must be there for a peer to run, and how it gets there. The last three are commands, the others Python's.
NEEDS = {
    "shapely": (["shapely", "geopandas"], "pip install shapely geopandas"),
    "scipy": (["scipy"], "pip install scipy"),
    "geopandas": (["geopandas"], "pip install geopandas"),
    "pandana": (["pandana", "pyogrio"], "pip install pandana pyogrio"),
    "duckdb": (["duckdb", "duckdb_extension_spatial"], "pip install duckdb==1.5.5 duckdb-extension-spatial==1.5.5"),
    "sedonadb": (["sedonadb", "geopandas"], 'pip install "sedonadb[geopandas]" pyarrow geoarrow-pyarrow'),
    "ogr2ogr": (None, "apt-get install gdal-bin"),
    "spatialite": (None, "apt-get install spatialite-bin"),
    "sqlite3": (None, "apt-get install sqlite3"),
}


def installed(peer):
    modules, _ = NEEDS[peer]
    return bool(shutil.which(peer)) if modules is None else all(map(importlib.util.find_spec, modules))


class Data:
    """The files of the comparison; with `grown`, that many points are the demand."""

    def __init__(self, folder, grown=None):
        import numpy

        self.folder = folder
        self.suffix = f"_{grown}" if grown else ""
        shared, own = (numpy.load(f"{folder}/arrays{suffix}.npz") for suffix in ("", self.suffix))
        self.demand, self.people = own["demand"], own["people"]
        self.facilities, self.kinds = shared["facilities"], shared["kinds"]

    def file(self, name):
        """The GeoPackage of a layer."""
        return f"{self.folder}/{name}{self.suffix if name == 'demand' else ''}.gpkg"

    def frame(self, name):
        import geopandas

        return geopandas.read_file(self.file(name))

    def streets(self, real=False):
        """Nodes, edges as pairs of nodes, lengths, facilities."""
        import numpy

        prefix = "real_" if real else ""
        network = numpy.load(f"{self.folder}/{prefix}streets.npz")
        facilities = numpy.load(f"{self.folder}/real_facilities.npz")["facilities"] if real else self.facilities
        return network["nodes"], network["edges"], network["lengths"], facilities

    def areas(self, name):
        import numpy

        return numpy.array(self.frame(name).geometry)


def timed(work):
    """Seconds of wall time that the work took, and what it returned."""
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer
