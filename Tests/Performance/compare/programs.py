"""Workloads whose time is that of a whole program: starting, importing into a store, opening what is stored.

Goals are ratios of the peer's time to ours here, too: at most 1.25 times the peer's time is 0.8.
"""

import os
import sqlite3
import tempfile
from dataclasses import dataclass
from typing import Callable

from contenders import Run, command


@dataclass(frozen=True)
class Errand:
    name: str
    title: str
    goal: float | None
    contenders: Callable  # of the executable and the data's folder: what to run for each name
    runs: int | None = None  # where more are wanted than of the workloads


def starting(catchment, folder):
    question = "parks | count collection_points as n"
    return {
        "catchment": lambda: command(catchment.path, "-c", question),
        "spatialite": lambda: command("spatialite", ":memory:", "select 1"),
    }


def importing(catchment, folder):
    """demand.gpkg into a new SpatiaLite file, committed; the answer is how many rows are in it."""
    source = f"{folder}/demand.gpkg"

    def into_new_store(arguments):
        with tempfile.TemporaryDirectory() as place:
            store = f"{place}/store.sqlite"
            run = command(*arguments(store))
            database = sqlite3.connect(store)
            rows = database.execute("select count(*) from demand").fetchone()[0]
            database.close()
        return Run(run.seconds, rows, run.peak_megabytes)

    ours = lambda store: [catchment.path, "--store", store, "-c", f'import "{source}" as demand']
    options = ["-f", "SQLite", "-dsco", "SPATIALITE=YES", "-lco", "SPATIAL_INDEX=NO", "-gt", "unlimited"]
    theirs = lambda store: ["ogr2ogr", *options, store, source]
    return {"catchment": lambda: into_new_store(ours), "ogr2ogr": lambda: into_new_store(theirs)}


def opening(question, shell, sql):
    """A question to a stored layer, answered by a new process, against a shell over the same table."""

    def contenders(catchment, folder):
        store = f"{folder}/store.sqlite"
        if os.path.exists(store):
            os.remove(store)
        command(catchment.path, "--store", store, "-c", f'import "{folder}/demand.gpkg" as demand')
        numbers = lambda text: [float(number) for number in text.split("|")]
        return {
            "catchment": lambda: catchment.run([], [question], ["--store", store]),
            shell: lambda: command(shell, store, sql, answer=numbers),
        }

    return contenders


def opening_network(catchment, folder):
    """A stored network opened and asked what is near one place, against reading, joining and storing it; of real streets if there."""
    kind = "real_" if os.path.exists(f"{folder}/real_streets.gpkg") else ""
    store = f"{folder}/streets.sqlite"
    if os.path.exists(store):
        os.remove(store)
    system = "set crs = epsg:" + (open(f"{folder}/real_system").read() if kind else "4548")
    streets = f'import "{folder}/{kind}streets.gpkg" as streets network'
    nodes = f'import "{folder}/{kind}nodes.gpkg" as nodes'
    command(catchment.path, "--store", store, "-c", f"{system}\n{streets}\n{nodes}")
    question = "nodes | take 1 | nearest 1 (nodes | take 1) as n within 15 min by walk | select n.time"

    def made_again():
        with tempfile.TemporaryDirectory() as place:
            return catchment.run([system, nodes], [streets, question], ["--store", f"{place}/store.sqlite"])

    return {
        "catchment": lambda: catchment.run([system], [question], ["--store", store]),
        "made again": made_again,
    }


ERRANDS = [
    Errand("start", "start, answer and end", 0.8, starting, runs=15),
    Errand("store-import", "a million points into a store", 4, importing),
    Errand(
        "store-open", "a stored layer opened and summed", 1 / 1.5,
        opening(
            "demand | summarize n = count(), people = sum(pop)", "sqlite3", "select count(*), sum(pop) from demand"
        ),
    ),
    Errand("store-network", "a stored street network opened and asked", 10, opening_network),
    Errand(
        "store-places", "… its places, too", None,
        opening(
            "demand | summarize people = sum(pop), east = mean(x())",
            "spatialite", "select sum(pop), avg(ST_X(geometry)) from demand",
        ),
    ),
]
