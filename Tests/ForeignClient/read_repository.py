"""Reads a directory's repository with python-tuf, as any client of TUF would: from the authority's
service, or a folder from a plain web server.

Usage: read_repository.py URL|FOLDER FIRST_ROOT
The service's certificate must be under the system's roots, or those of SSL_CERT_FILE.
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


def served(folder: str) -> str:
    """The URL of a folder; it is served as long as this program runs."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=folder)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"


def main() -> None:
    place, first_root = sys.argv[1:]
    url = place if place.startswith("https://") else served(place)
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
    print("root", versions[0], "targets", versions[1], "directory", members["version"])


main()
