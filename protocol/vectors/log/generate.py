#!/usr/bin/env python3
"""Computes the vectors of this folder from the standards and log.md alone.

Shares no code with CreditMesh: tree, tiles, notes and cosignatures are PyPI's `aics-tlog` 0.2.1, keys
are `cryptography`, commitments and receipts plain Python. Everything is the same on every run.
Usage (Python 3.12): pip install aics-tlog==0.2.1 cryptography && python3 generate.py
"""

import base64
import hashlib
import json
from pathlib import Path

import aics_tlog as tlog
from aics_tlog import tiles
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FOLDER = Path(__file__).parent
ORIGIN = "demo.creditmesh.example/log/harbor"
WITNESS = "witness.example/w1"
TIME = 1793000000
SIZES = [1, 2, 3, 7, 8, 255, 256, 257, 300]
TILED = 70_000


def entry(number):
    """Entries of all lengths from nothing to 40 bytes."""
    text = f"entry {number} of an invented log, which is nobody's"
    return text.encode()[: number % 41]


def b64(data):
    return base64.b64encode(data).decode()


def key(label):
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(label.encode()).digest())


def tree():
    merkle = tlog.MerkleTree([entry(i) for i in range(max(SIZES))])
    roots = [{"size": n, "root": b64(merkle.root(n))} for n in [0] + SIZES]
    inclusion = [
        {"index": i, "size": n, "hashes": [b64(h) for h in merkle.inclusion_proof(i, n)]}
        for n in SIZES for i in sorted({0, n // 3, n - 1})]
    consistency = [
        {"first": m, "second": n, "hashes": [b64(h) for h in merkle.consistency_proof(m, n)]}
        for m in SIZES for n in SIZES if m <= n]
    leaves = [b64(tlog.leaf_hash(entry(i))) for i in (0, 1, 40, 41)]
    return {"roots": roots, "inclusion": inclusion, "consistency": consistency,
            "leaves": [{"index": i, "hash": h} for i, h in zip((0, 1, 40, 41), leaves)]}


def tiled():
    files = tiles.materialise_tiles([entry(i) for i in range(TILED)])
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.encode() + b"\0" + hashlib.sha256(files[path]).digest())
    shown = ["tile/0/000", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1",
             "tile/entries/273.p/112"]
    reader = tiles.MemoryTileReader(files)
    return {
        "size": TILED, "root": b64(tiles.tree_root_from_tiles(reader, TILED)),
        "count": len(files), "digest": digest.hexdigest(),
        "files": [{"path": p, "sha256": hashlib.sha256(files[p]).hexdigest()} for p in shown],
        "paths": [
            {"index": i, "width": w, "path": tiles.tile_path(0, i, None if w == 256 else w)}
            for i, w in ((0, 256), (999, 1), (1000, 255), (1234067, 256), (1000000, 7))]}


def notes():
    log, old, witness = key("log key"), key("old log key"), key("witness key")
    merkle = tlog.MerkleTree([entry(i) for i in range(300)])
    head = tlog.Checkpoint(ORIGIN, 300, merkle.root())
    note = tlog.sign_checkpoint(head, log, ORIGIN)
    _, cosignature = tlog.sign_cosignature(
        witness, WITNESS, TIME, ORIGIN, head.size, head.root)
    both = tlog.Note(note.text, note.signatures + (
        tlog.sign_note(note.text, old, ORIGIN), cosignature,
        tlog.sign_note(note.text, key("stranger"), "stranger.example/k")))
    index = 255
    receipt = "\n".join(
        ["c2sp.org/tlog-proof@v1", f"extra {b64(entry(index))}", f"index {index}"]
        + [b64(h) for h in merkle.inclusion_proof(index)] + ["", note.serialise()])
    return {
        "origin": ORIGIN, "size": 300, "root": b64(head.root), "time": TIME,
        "seeds": {name: hashlib.sha256(name.encode()).hexdigest()
                  for name in ("log key", "old log key", "witness key")},
        "logKey": tlog.format_vkey(tlog.vkey_from_ed25519(ORIGIN, log.public_key())),
        "oldLogKey": tlog.format_vkey(tlog.vkey_from_ed25519(ORIGIN, old.public_key())),
        "witnessKey": tlog.format_vkey(tlog.cosignature_vkey(WITNESS, witness.public_key())),
        "checkpoint": note.serialise(), "cosigned": both.serialise(),
        "receipt": {"index": index, "entry": entry(index).hex(), "text": receipt}}


def commitments():
    values = [b"", b"\0", "经办人 7".encode(), bytes(range(256))]
    items = []
    for number, value in enumerate(values):
        salt = hashlib.sha256(f"salt {number}".encode()).digest()
        digest = hashlib.sha256(b"creditmesh-commit-v1" + salt + value).digest()
        items.append({"salt": salt.hex(), "value": value.hex(), "commitment": digest.hex()})
    roots = [b64(tlog.MerkleTree([bytes.fromhex(i["commitment"]) for i in items[:n]]).root())
             for n in range(len(items) + 1)]
    return {"items": items, "itemsRoots": roots}


def main():
    for name, content in (("tree", tree()), ("tiles", tiled()), ("notes", notes()),
                          ("commitments", commitments())):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
