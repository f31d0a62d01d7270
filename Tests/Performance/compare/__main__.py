"""Catchment beside its peers, on the same data in the same run: python3 Tests/Performance/compare

Makes the data once, asks everyone in turns, checks that the answers agree and prints the medians as one table. Ends
with status 1 when an answer is wrong. A goal that is missed is marked; it does not change the status, because times
are the machine's.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from datetime import date

import limits
import table
from comparison import HEADER, RIGHT, Comparison
from contenders import HERE, Failure
from peers import NEEDS, PROCESSORS, installed
from programs import ERRANDS
from workloads import DEMAND, WORKLOADS

LIMITS = ["memory", "workers", "growth"]
NAMES = [workload.name for workload in WORKLOADS] + [errand.name for errand in ERRANDS] + LIMITS


def arguments():
    parser = argparse.ArgumentParser(prog="compare", description=__doc__.split("\n")[0])
    parser.add_argument("--catchment", default=".build/release/catchment", help="the executable; default %(default)s")
    cache = os.path.join(tempfile.gettempdir(), "catchment-compare")
    parser.add_argument("--data", default=cache, help="the folder that keeps the data, 270 MB; default %(default)s")
    parser.add_argument("--demand", type=int, default=DEMAND, help="points of demand; default %(default)s")
    parser.add_argument("--runs", type=int, default=3, help="medians are over so many; default %(default)s")
    parser.add_argument("--only", help=f"some of {','.join(NAMES)}; default all but growth")
    parser.add_argument("--peers", help=f"some of {','.join(NEEDS)}; default all that are installed")
    parser.add_argument("--streets", help="a file of real streets in metres, lines of two vertices, for W5…-real")
    parser.add_argument("--growth", action="store_true", help="W1 to W3 with ten million points, too")
    chosen = parser.parse_args()
    chosen.only = chosen.only.split(",") if chosen.only else [name for name in NAMES if name != "growth"]
    chosen.only += ["growth"] if chosen.growth else []
    chosen.peers = chosen.peers.split(",") if chosen.peers else list(NEEDS)
    for name in set(chosen.only) - set(NAMES) | set(chosen.peers) - set(NEEDS):
        parser.error(f"nothing is called {name}")
    if chosen.runs < 1 or chosen.demand < 1:
        parser.error("--runs and --demand are at least 1")
    if not os.access(chosen.catchment, os.X_OK):
        parser.error(f"{chosen.catchment} is missing; make it with: swift build -c release --product catchment")
    return chosen


def make_data(folder, demand, grown, streets):
    making = [sys.executable, f"{HERE}/data.py", folder, str(demand), str(grown), *([streets] if streets else [])]
    if subprocess.run(making).returncode != 0:
        sys.exit("The data could not be made. It takes: pip install numpy scipy shapely geopandas")


def measured_limits(comparison, names):
    """Rows of what has a limit instead of a peer."""
    catchment, folder = comparison.catchment, comparison.folder
    if "memory" in names:
        peak, over = limits.join_memory(catchment, folder, comparison.demand)
        yield ["W1 to W3: memory over the columns of the demand", f"{over:.0f} MB (peak {peak:.0f})", "≤ 150 MB"]
        peak = limits.import_memory(catchment, folder)
        yield ["import of demand.geojson: peak of memory", f"{peak:.0f} MB", "< 350 MB"]
    if "workers" in names:
        same, size = limits.same_bytes(catchment, folder)
        verdict = f"{size / 1e6:.0f} MB, {'same' if same else 'different'}"
        yield ["answers by one worker and by four", verdict, "same bytes"]
        if not same:
            comparison.wrong.append("workers: their number changes an answer")
    if "growth" in names:
        for name, small, large, agreed in limits.growth(catchment, folder, comparison.runs, comparison.peers):
            times = f"{large / small:.1f} × ({table.seconds(large)} s after {table.seconds(small)} s)"
            yield [f"{name} with ten million points", times, "≤ 11 ×"]
            if agreed is False:
                comparison.wrong.append(f"{name} with ten million points: {limits.WITNESSES[name]} answers otherwise")


def main():
    chosen = arguments()
    folder = os.path.join(os.path.abspath(chosen.data), str(chosen.demand))
    for name in [name for name in chosen.peers if not installed(name)]:
        print(f"{name} is not installed and left out; to have it: {NEEDS[name][1]}", file=sys.stderr)
    make_data(folder, chosen.demand, limits.GROWN if "growth" in chosen.only else 0, chosen.streets)

    comparison = Comparison(chosen.catchment, folder, chosen.demand, chosen.runs, chosen.peers)
    for workload in [workload for workload in WORKLOADS if workload.name in chosen.only]:
        if chosen.streets or not workload.real:
            comparison.ask(workload)
    for errand in [errand for errand in ERRANDS if errand.name in chosen.only]:
        comparison.send(errand)
    try:
        limited = list(measured_limits(comparison, chosen.only))
    except Failure as failure:
        limited = []
        comparison.wrong.append(str(failure))

    print(f"\n{date.today()}, {PROCESSORS} processors, {platform.machine()}, medians of {chosen.runs}\n")
    if comparison.rows:
        print(table.markdown(HEADER, comparison.rows, RIGHT) + "\n")
    if limited:
        print(table.markdown(["", "measured", "limit"], limited) + "\n")
    print("\n".join(comparison.wrong) if comparison.wrong else "All answers agree.")
    sys.exit(1 if comparison.wrong else 0)


if __name__ == "__main__":
    main()
