"""Runs of everyone in turns, their answers compared, and a row of the table for each workload."""

import os
import sys
from statistics import median

import table
from contenders import Catchment, Failure, peer
from peers import NEEDS, installed
from workloads import DEMAND, agree, run

HEADER = ["", "workload", "Catchment, s", "best peer, s", "ratio", "goal", "others, s"]
RIGHT = (2, 4)


class Comparison:
    """Collects rows for the table, and what was wrong with the answers."""

    def __init__(self, executable, folder, demand, runs, peers):
        self.catchment = Catchment(os.path.abspath(executable))
        self.folder, self.demand, self.runs = folder, demand, runs
        self.peers = [name for name in peers if installed(name)]
        self.rows, self.wrong = [], []

    def in_turns(self, contenders, runs):
        """Runs of everyone, alternating, so that noise hits all of them; those that fail drop out."""
        results = {name: [] for name in contenders}
        for _ in range(runs):
            for name in list(results):
                try:
                    results[name].append(contenders[name]())
                except Failure as failure:
                    print(f"  {failure}", file=sys.stderr)
                    del results[name]
        return results

    def ask(self, workload):
        contenders = {"catchment": lambda: run(self.catchment, workload, self.folder)}
        for name in [name for name in workload.peers if name in self.peers]:
            contenders[name] = lambda name=name: peer(name, workload.name, self.folder)
        results = self.in_turns(contenders, self.runs)
        expected = workload.expected if self.demand == DEMAND else None
        self.check(workload.name, results, expected, workload.tolerance, workload.peer_tolerance)
        self.add_row(workload.name, workload.title, workload.goal, results, workload.rival)

    def send(self, errand):
        contenders = errand.contenders(self.catchment, self.folder)
        present = {who: work for who, work in contenders.items() if who not in NEEDS or who in self.peers}
        results = self.in_turns(present, errand.runs or self.runs)
        self.check(errand.name, results)
        self.add_row(errand.name, errand.title, errand.goal, results)

    def check(self, name, results, expected=None, tolerance=1e-9, peer_tolerance=1e-9):
        """Every answer of everyone, against the expected one, or else our first."""
        if "catchment" not in results:
            self.wrong.append(f"{name}: catchment failed")
            return
        if expected is None:
            expected = results["catchment"][0].answer
        for who, runs in results.items():
            accepted = tolerance if who == "catchment" else peer_tolerance
            differing = [run.answer for run in runs if not agree(run.answer, expected, accepted)]
            if differing:
                self.wrong.append(f"{name}: {who} answers {differing[0]}, not {expected}")

    def add_row(self, name, title, goal, results, rival=None):
        times = {who: median(run.seconds for run in runs) for who, runs in results.items()}
        ours = times.pop("catchment", None)
        ranked = sorted(times, key=times.get)
        others = [f"{who} {table.seconds(times[who])}" for who in ranked]
        ratio = times[ranked[0]] / ours if ranked and ours else None
        held = times.get(rival or (ranked[0] if ranked else None))
        met = "" if goal is None else f"≥ {goal:.2g}" + (f" of {rival}" if rival else "")
        if goal is not None and ours and held:
            met += " ✓" if held / ours >= goal else " ✗"
        row = [
            name,
            title,
            table.seconds(ours) if ours else "failed",
            others[0] if others else "",
            table.ratio(ratio) if ratio else "",
            met,
            ", ".join(others[1:]),
        ]
        self.rows.append(row)
        print("  ".join(filter(None, row)), file=sys.stderr, flush=True)
