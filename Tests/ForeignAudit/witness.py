#!/usr/bin/env python3
"""Serves a witness of another make: PyPI's `aics-witness` with its own HTTP server and store, which share no
code with CreditMesh, behind TLS, since a directory lists witnesses by https alone.

Prints its verifier key and its port in one line, and serves until standard input ends.

Usage: pip install aics-witness==0.1.0 && python3 witness.py DIR NAME ORIGIN VKEY CERTIFICATE.pem KEY.pem
"""

import ssl
import sys
import threading
from pathlib import Path

from aics_tlog import note
from aics_witness import config, service, store


def main(folder, name, origin, vkey, certificate, key_file):
    folder = Path(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key, _, _ = store.load_or_create_key(folder / "witness.key", environ={})
    database = folder / "witness.sqlite"
    kept = store.WitnessStore(database, create=not database.exists())
    log = config.LogConfig(origin, (note.parse_vkey(vkey),))
    witness = service.Witness(name, key, kept, [log])
    kept.bind_witness_vkey(witness.vkey_text)
    server = service.make_server(witness)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key_file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(witness.vkey_text, server.server_address[1], flush=True)
    sys.stdin.read()
    server.shutdown()
    kept.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
