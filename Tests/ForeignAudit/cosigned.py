#!/usr/bin/env python3
"""Checks the cosigned checkpoints of a log copied by `creditmesh audit mirror` with PyPI's `aics-tlog` alone:
each bears the log's signature and a cosignature of at least one of the witnesses given.

Usage: pip install aics-tlog==0.2.1 && python3 cosigned.py DIR VKEY WITNESS_VKEY…
"""

import sys
from pathlib import Path

from aics_tlog import checkpoint, note


def main(folder, vkey, *witness_vkeys):
    key = note.parse_vkey(vkey)
    witnesses = [note.parse_vkey(text) for text in witness_vkeys]
    files = sorted((Path(folder) / "cosigned").glob("*"))
    if not files:
        raise SystemExit("nothing was cosigned")
    for path in files:
        text = note.parse_note(path.read_bytes())
        result = checkpoint.verify_checkpoint(text, key, witnesses, 1, expected_origin=key.name)
        if not result.ok:
            raise SystemExit(f"{path.name}: {result.error}")
    print(f"{len(files)} cosigned checkpoints: as signed")


if __name__ == "__main__":
    main(*sys.argv[1:])
