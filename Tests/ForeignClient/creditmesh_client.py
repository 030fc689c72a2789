#!/usr/bin/env python3
"""A stranger's client: asks a running demo as its first lender, and checks what it answers.

    creditmesh_client.py DIR/demo.json

Exit status: 0 when everything is as the protocol and the demo say, 1 when something is not or could
not be tried, 2 when the command line is wrong.
"""

import sys

import check_connections
import check_local_api
import check_refusals
import check_signatures
import check_subjects
from demo import Demo
from tally import Tally


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    demo = Demo(arguments[0])
    tally = Tally()
    for part in (
            check_subjects, check_refusals, check_signatures, check_connections, check_local_api):
        part.check(demo, tally)
    print(f"{tally.passed} checks passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
