"""Reads a directory's repository with python-tuf, from a plain web server, as any client of TUF would.

Usage: read_repository.py FOLDER FIRST_ROOT
Prints the versions of root and targets and of members.json.
"""

import functools
import http.server
import json
import pathlib
import sys
import tempfile
import threading

from tuf.ngclient import Updater


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


def main() -> None:
    folder, first_root = sys.argv[1:]
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=folder)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/"
    with tempfile.TemporaryDirectory() as trusted, tempfile.TemporaryDirectory() as targets:
        updater = Updater(
            trusted,
            url,
            target_dir=targets,
            target_base_url=url,
            bootstrap=pathlib.Path(first_root).read_bytes(),
        )
        updater.refresh()
        found = updater.get_targetinfo("members.json")
        members = json.loads(pathlib.Path(updater.download_target(found)).read_bytes())
        kept = pathlib.Path(trusted)
        versions = [
            json.loads((kept / f"{role}.json").read_bytes())["signed"]["version"]
            for role in ("root", "targets")
        ]
    server.shutdown()
    print("root", versions[0], "targets", versions[1], "directory", members["version"])


main()
