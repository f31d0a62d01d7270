"""The questions that are asked of everyone, in the language, with what must come out and who else can answer.

A ratio is the best peer's time over ours; goals are ratios. Expected answers belong to a million points of demand;
peers that do not share code found them, too.
"""

from dataclasses import dataclass

DEMAND = 1_000_000


@dataclass(frozen=True)
class Workload:
    name: str
    title: str
    layers: tuple  # imported before, untimed
    query: str
    expected: object
    peers: tuple
    goal: float | None = None
    rival: str | None = None  # the peer that the goal is about, where it is not the best one
    tolerance: float = 1e-10  # relative, of our answer
    peer_tolerance: float = 1e-10
    source: str | None = None  # a file whose import is timed as well
    before: tuple = ()  # further statements, untimed
    real: bool = False  # of the streets that --streets names


POINTS = ("demand", "facilities")
IN_CELLS = ("cells", "demand")
# Peers join points to the nearest node and leave the way to it out.
TO_NODES = ("set snap = 10 km", "set snap = nodes")
NEAREST_NODES = "{0}nodes | nearest 1 {0}facilities as f within 1200 m by walk"
NEAREST_NODES += " | where f.distance is not null | summarize n = count(), s = sum(f.distance)"
AROUND_NODES = "{0}nodes | around 1200 m by walk {0}facilities as f (n = count()) | summarize s = sum(f.n)"
# A quarter of an hour on foot from one place; the first question makes what all questions of a mode share.
SPOT = "{0}facilities | where id == 7 | catchment {1} m by walk | select size = area() to m2"
STREETS = ("streets", "nodes", "facilities")
REAL = ("real_streets", "real_nodes", "real_facilities")
ALL_COUNT = ("sedonadb", "shapely", "duckdb", "geopandas")

# Discs are circles to us and 64-gons to the peers: 0.02 % of the covered share, and 0.4 % of the small rest.
WORKLOADS = [
    Workload(
        "W1", "demand counted in each cell", IN_CELLS,
        "cells | count demand as n | summarize total = sum(n)",
        1000026, ALL_COUNT, goal=8,
    ),
    Workload(
        "W1-busy", "… of demand with more than 30 people", IN_CELLS,
        "cells | count (demand | where pop > 30) as n | summarize total = sum(n)",
        492009, ("sedonadb", "shapely", "duckdb"),
    ),
    Workload(
        "W1-cells", "… in the first 500 cells", IN_CELLS,
        "cells | where id < 500 | count demand as n | summarize total = sum(n)",
        479741, ("sedonadb", "shapely", "duckdb"),
    ),
    Workload(
        "locate", "the first cell that holds each demand point", IN_CELLS,
        "demand | locate in cells as c | where c.id is not null | summarize n = count(), s = sum(c.id)",
        [1000000, 505754333], ("shapely", "duckdb"),
    ),
    Workload(
        "density", "demand per km² of each cell", IN_CELLS,
        "cells | density demand per km2 as d | summarize s = sum(d)",
        1242519.0629189906, ("shapely", "duckdb"),
    ),
    Workload(
        "W2", "nearest facility of each demand point", POINTS,
        "demand | nearest 1 facilities as f | summarize s = sum(f.distance)",
        143527222.08665, ("scipy", "shapely", "geopandas", "sedonadb"), goal=6,
    ),
    Workload(
        "W2-three", "… the three nearest", POINTS,
        "demand | nearest 3 facilities as f | summarize s = sum(f.distance)",
        626543413.39625, ("scipy",),
    ),
    Workload(
        "W2-busy", "… of demand with more than 30 people", POINTS,
        "demand | where pop > 30 | nearest 1 facilities as f | summarize s = sum(f.distance)",
        70628388.27998, ("scipy",),
    ),
    Workload(
        "W2-stations", "… the nearest station", POINTS,
        'demand | nearest 1 (facilities | where kind == "station") as f | summarize s = sum(f.distance)',
        662737985.77671, ("scipy",),
    ),
    Workload(
        "W3", "facilities within 500 m of each demand point", POINTS,
        "demand | around 500 m facilities as f (n = count()) | summarize s = sum(f.n)",
        13442291, ("duckdb", "scipy", "sedonadb", "shapely"), goal=12,
    ),
    Workload(
        "W3-busy", "… of demand with more than 30 people", POINTS,
        "demand | where pop > 30 | around 500 m facilities as f (n = count()) | summarize s = sum(f.n)",
        6615558, ("duckdb", "scipy", "sedonadb"),
    ),
    Workload(
        "W3-stations", "… stations within 500 m", POINTS,
        'demand | around 500 m (facilities | where kind == "station") as f (n = count()) | summarize s = sum(f.n)',
        584733, ("duckdb", "scipy", "sedonadb"),
    ),
    Workload(
        "beyond", "demand farther than 300 m from every facility", POINTS,
        "demand | beyond 300 m of facilities | summarize n = count(), people = sum(pop)",
        [54233, 1632777], ("scipy", "duckdb"),
    ),
    Workload(
        "W4", "share of the area within 300 m of a facility", ("facilities", "area"),
        "area | coverage by facilities within 300 m as c | select c.share",
        0.9465325, ("shapely", "duckdb"), goal=30, tolerance=5e-7, peer_tolerance=5e-4,
    ),
    Workload(
        "gaps", "the area farther than 300 m from a facility, km²", ("facilities", "area"),
        "area | gaps by facilities within 300 m | summarize size = sum(area()) to km2",
        42.667087, ("shapely", "duckdb"), tolerance=5e-3, peer_tolerance=5e-3,
    ),
    Workload(
        "pairs", "cells that meet cells shifted by 300 m", ("cells", "shifted"),
        "cells | count shifted as n | summarize n = sum(n)",
        4409, ("duckdb", "shapely", "sedonadb"), goal=1, rival="duckdb",
    ),
    Workload(
        "overlay", "cells clipped to 256 others, km²", ("cells", "blocks"),
        "cells | clip to blocks | summarize size = sum(area()) to km2",
        185.190180714, ("duckdb", "shapely", "sedonadb"), goal=1, rival="duckdb",
    ),
    Workload(
        "W5a", "nearest facility within 1200 m of each node of streets", STREETS,
        NEAREST_NODES.format(""), None, ("scipy", "pandana"), goal=3, rival="scipy",
        before=TO_NODES, tolerance=1e-4, peer_tolerance=1e-4,
    ),
    Workload(
        "W5b", "facilities within 1200 m of each node", STREETS,
        AROUND_NODES.format(""), None, ("pandana",), goal=6, before=TO_NODES, tolerance=1e-4, peer_tolerance=1e-4,
    ),
    Workload(
        "W5c", "service area of a facility, 1250 m, m²", STREETS,
        SPOT.format("", 1250), None, ("scipy",), goal=2, before=(SPOT.format("", 10),),
        # The peer's outline holds what is beside streets that are not reached as well.
        tolerance=0.3, peer_tolerance=0.3,
    ),
    Workload(
        "W5a-real", "nearest facility within 1200 m of each node of real streets", REAL,
        NEAREST_NODES.format("real_"), None, ("scipy", "pandana"), goal=3, rival="scipy",
        before=TO_NODES, tolerance=1e-4, peer_tolerance=1e-4, real=True,
    ),
    Workload(
        "W5b-real", "facilities within 1200 m of each node of real streets", REAL,
        AROUND_NODES.format("real_"), None, ("pandana",), goal=40,
        before=TO_NODES, tolerance=1e-4, peer_tolerance=1e-4, real=True,
    ),
    Workload(
        "W5c-real", "service area of a facility on real streets, 1250 m, m²", REAL,
        SPOT.format("real_", 1250), None, ("scipy",), goal=2, before=(SPOT.format("real_", 10),),
        tolerance=0.3, peer_tolerance=0.3, real=True,
    ),
    Workload(
        "W5-build", "a network of real streets: read, joined", (),
        "real_streets | summarize n = count()",
        None, ("pandana",), goal=4, source="real_streets.gpkg", real=True,
    ),
    Workload(
        "W6", "GeoJSON read, projected and indexed", (),
        "d6 | summarize n = count()",
        1000000, ("geopandas", "duckdb"), goal=8, source="demand.geojson",
    ),
    Workload(
        "W6-cells", "… and counted in each cell", ("cells",),
        "cells | count d6 as n | summarize total = sum(n)",
        1000026, ("geopandas", "duckdb"), source="demand.geojson",
    ),
]

NAMED = {workload.name: workload for workload in WORKLOADS}


def imported(folder, layer, grown=None):
    """The statement that brings a layer in; grown demand has a file of its own."""
    suffix = f"_{grown}" if grown and layer == "demand" else ""
    network = " network" if layer.endswith("streets") else ""
    return f'import "{folder}/{layer}{suffix}.gpkg" as {layer}{network}'


def setup(folder, layers, grown=None, real=False):
    # Lengths are taken in the system in which the peers take them.
    system = open(f"{folder}/real_system").read() if real else "4548"
    return [f"set crs = epsg:{system}", *(imported(folder, layer, grown) for layer in layers)]


def run(catchment, workload, folder, grown=None):
    before = [*setup(folder, workload.layers, grown, workload.real), *workload.before]
    timed = []
    if workload.source:
        layer = workload.source.split(".")[0]
        as_network = layer.endswith("streets")
        timed = [imported(folder, layer) if as_network else f'import "{folder}/{workload.source}" as d6']
    return catchment.run(before, [*timed, workload.query])


def agree(answer, expected, tolerance):
    """Whether numbers, or lists of them, are equal to a relative tolerance; where nothing is expected, anything is."""
    if expected is None:
        return True
    if isinstance(expected, list):
        same_length = isinstance(answer, list) and len(answer) == len(expected)
        return same_length and all(agree(a, e, tolerance) for a, e in zip(answer, expected))
    return isinstance(answer, (int, float)) and abs(answer - expected) <= tolerance * abs(expected)
