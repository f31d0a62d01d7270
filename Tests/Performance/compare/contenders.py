"""Everything that is run: `catchment` on a script, a peer on a workload, a command; each in a process of its own.

A run gives seconds, an answer and the peak of memory, or raises Failure with what the program said. This process stays
small, because on Linux a child's peak counts from its parent's.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))


class Failure(Exception):
    pass


@dataclass
class Run:
    seconds: float
    answer: object
    peak_megabytes: float = 0
    output: bytes = b""
    statements: tuple = ()  # of a script: seconds and first row of each timed statement


def process(arguments):
    """Wall seconds, standard output, standard error and peak megabytes of a command that ends with status 0."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        child = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0), errors.seek(0)
        printed, said = output.read(), errors.read().decode(errors="replace")
    if child.returncode != 0:
        raise Failure(f"{arguments[0]} ended with status {child.returncode}: {said[-500:].strip()}")
    return seconds, printed, said, usage.ru_maxrss / 1024


def command(*arguments, answer=lambda output: None):
    """A program of which the whole wall time counts."""
    seconds, output, _, peak = process(arguments)
    return Run(seconds, answer(output.decode()), peak, output)


def peer(name, workload, folder, grown=None):
    arguments = [sys.executable, f"{HERE}/peer.py", name, workload, folder]
    _, output, _, peak = process(arguments + ([str(grown)] if grown else []))
    result = json.loads(output.decode().strip().splitlines()[-1])
    if "error" in result:
        raise Failure(f"{name}: {result['error']}")
    return Run(result["seconds"], result["answer"], peak)


@dataclass
class Catchment:
    """The executable under test."""

    path: str

    def run(self, setup, timed, options=(), form="json"):
        """Runs the statements in one session; the seconds are those that it reports for the timed ones.

        The answer is that of the last statement: the value in its first row, or the list of its values.
        """
        with tempfile.NamedTemporaryFile("w", suffix=".cq") as script:
            script.write("\n".join([*setup, *timed]) + "\n")
            script.flush()
            arguments = [self.path, "run", script.name, "--format", form, "--timing", *options]
            _, output, said, peak = process(arguments)
        reports = [json.loads(line) for line in said.splitlines() if line.startswith('{"statement"')]
        seconds = {report["statement"]: report["seconds"] for report in reports}
        answers = first_rows(output) if form == "json" else {}
        numbers = range(len(setup) + 1, len(setup) + len(timed) + 1)
        statements = tuple((seconds.get(number, 0), answers.get(number)) for number in numbers)
        return Run(sum(s for s, _ in statements), statements[-1][1], peak, output, statements)


def first_rows(output):
    """By the number of a statement, the value in the first row of its answer, or the list of the values."""
    answers = {}
    for line in output.decode().splitlines():
        document = json.loads(line)
        if document["type"] == "answer" and document["rows"]:
            values = list(document["rows"][0].values())
            answers[document["statement"]] = values[0] if len(values) == 1 else values
    return answers
