"""One workload by one peer, in a process of its own: peer.py PEER WORKLOAD FOLDER [GROWN] prints a line of JSON.

The line is `{"seconds": …, "answer": …}`, or `{"error": …}`. With GROWN the demand is that many points.
"""

import importlib
import json
import sys

from peers import Data


def main(peer, workload, folder, grown=None):
    answers = importlib.import_module(f"peers.with_{peer}").ANSWERS
    seconds, answer = answers[workload](Data(folder, grown))
    return {"seconds": seconds, "answer": answer}


if __name__ == "__main__":
    try:
        print(json.dumps(main(*sys.argv[1:])))
    except Exception as error:  # whatever a peer throws is its answer here
        print(json.dumps({"error": f"{type(error).__name__}: {error}"[:300]}))
