"""What has a limit of its own instead of a peer: growth, memory, and the same bytes with one worker."""

from statistics import median

from contenders import peer
from workloads import NAMED, agree, setup

GROWN = 10_000_000
QUESTIONS = ("W1", "W2", "W3")
WITNESSES = {"W1": "shapely", "W2": "scipy", "W3": "scipy"}
# Two of ten million points lie exactly on an outline: in the cell to us, not within it to Shapely.
CLOSENESS = {"W1": 1e-6, "W2": 1e-9, "W3": 1e-9}
LAYERS = ("demand", "facilities", "cells")
BYTES_PER_ROW = 32  # of demand: id, pop, x and y in 8 bytes each


def joins(catchment, folder, grown=None):
    """W1 to W3 in one session."""
    return catchment.run(setup(folder, LAYERS, grown), [NAMED[name].query for name in QUESTIONS])


def growth(catchment, folder, runs, peers):
    """For W1 to W3: median seconds, those at ten times the demand, and whether a peer answers the same there."""
    pairs = [(joins(catchment, folder), joins(catchment, folder, GROWN)) for _ in range(runs)]
    for number, name in enumerate(QUESTIONS):
        seconds = [median(run.statements[number][0] for run in side) for side in zip(*pairs)]
        agreed = None
        if WITNESSES[name] in peers:
            expected = peer(WITNESSES[name], name, folder, GROWN).answer
            agreed = all(agree(grown.statements[number][1], expected, CLOSENESS[name]) for _, grown in pairs)
        yield name, *seconds, agreed


def join_memory(catchment, folder, demand):
    """Megabytes at the peak of W1 to W3, and how many of them are over the columns of the demand.

    What the process takes when it does without the demand is not counted as over.
    """
    without = catchment.run(setup(folder, LAYERS[1:]), ["cells | count facilities as n | summarize n = sum(n)"])
    peak = joins(catchment, folder).peak_megabytes
    return peak, peak - without.peak_megabytes - demand * BYTES_PER_ROW / 2**20


def import_memory(catchment, folder):
    """Megabytes at the peak of a process that imports the GeoJSON of a million points, 142 MB of text."""
    return catchment.run([], [f'import "{folder}/demand.geojson" as d6', NAMED["W6"].query]).peak_megabytes


def same_bytes(catchment, folder):
    """Whether every row of the joins, cover and overlay is the same with one worker as with four; and the bytes."""
    questions = [
        "cells | count demand as n",
        "demand | nearest 3 facilities as f | select id, f.id, f.distance",
        "demand | around 500 m facilities as f (n = count(), mean = mean(distance)) | select id, f.n, f.mean",
        "demand | locate in cells as c | select id, c.id",
        "demand | beyond 300 m of facilities",
        "cells | coverage by facilities within 300 m as c | select c.share",
        "area | gaps by facilities within 300 m",
        "cells | clip to blocks | select id, size = area()",
    ]
    layers = setup(folder, [*LAYERS, "area", "blocks"])
    answers = [catchment.run([*layers, f"set workers = {n}"], questions, ["--quiet"], "csv").output for n in (1, 4)]
    return answers[0] == answers[1], len(answers[0])
