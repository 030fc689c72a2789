#!/usr/bin/env python3
"""Checks a log copied by `creditmesh audit mirror` with PyPI's `aics-tlog` alone, which shares no code
with CreditMesh: the checkpoint's signature, every tile and entry against the root, and that every earlier
checkpoint is of a beginning of this tree.

Usage: pip install aics-tlog==0.2.1 && python3 check.py DIR VKEY
"""

import sys
from pathlib import Path

from aics_tlog import checkpoint, note, tiles, tree, verified


def signed(path, key):
    """What a checkpoint says, once its signature has verified."""
    text = note.parse_note(path.read_bytes())
    result = checkpoint.verify_checkpoint(text, key, expected_origin=key.name)
    if not result.ok:
        raise SystemExit(f"{path.name}: {result.error}")
    return result


def main(folder, vkey):
    folder, key = Path(folder), note.parse_vkey(vkey)
    head = signed(folder / "checkpoint", key)
    reader = tiles.FileSystemTileReader(folder)
    report = verified.audit_tiles(reader, head.size, head.root)
    earlier = sorted((folder / "checkpoints").glob("*"), key=lambda path: int(path.name))
    for path in earlier:
        old = signed(path, key)
        proof = tiles.consistency_proof_from_tiles(reader, old.size, head.size)
        if not tree.verify_consistency(old.size, head.size, old.root, head.root, proof):
            raise SystemExit(f"{path.name}: not of a beginning of this log")
    print(f"{report.size} entries, {report.tiles} tiles, {len(earlier)} earlier checkpoints: as signed")


if __name__ == "__main__":
    main(*sys.argv[1:])
