"""A server on this machine that speaks as the Hugging Face hub does, and misbehaves when told to."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

__all__ = ["COMMIT", "HubServer", "serving"]

COMMIT = "0123456789abcdef0123456789abcdef01234567"
"""The commit that every model of the server is at."""


class HubServer:
    """One model, ``owner/tiny``, from a folder.

    Attributes:
        files: contents by their paths.
        breaks: byte counts after which the next answers with weights break off, one each.
        gated: whether files need terms to be accepted.
        asked: (method, path, range) of every request.
        tampered: paths of weights that arrive as zeros.
        endpoint: its address.
        store: the address where weights lie, which is another, as the hub's is.
    """

    def __init__(self, folder: Path) -> None:
        self.files = {
            path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }
        self.breaks: list[int] = []
        self.gated = False
        self.tampered: set[str] = set()
        self.asked: list[tuple[str, str, str]] = []
        self.endpoint = self.store = ""

    def listing(self) -> dict[str, Any]:
        """Return what ``/api/models`` says."""
        siblings = []
        for name, data in self.files.items():
            entry: dict[str, Any] = {"rfilename": name, "size": len(data), "blobId": self.checksum(name)}
            if name.endswith(".safetensors"):
                entry["lfs"] = {"sha256": self.checksum(name), "size": len(data), "pointerSize": 100}
            siblings.append(entry)
        return {"id": "owner/tiny", "modelId": "owner/tiny", "sha": COMMIT, "siblings": siblings, "private": False}

    def checksum(self, name: str) -> str:
        """Return a file's entity tag: SHA-256 of large files, git's SHA-1 of the others."""
        data = self.files[name]
        if name.endswith(".safetensors"):
            return hashlib.sha256(data).hexdigest()
        return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

    def fetched(self) -> list[tuple[str, str]]:
        """Return (path, range) of all weights that were asked for."""
        return [(path, part) for way, path, part in self.asked if way == "GET" and path.startswith("/cdn/")]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: HubServer

    def log_message(self, *_args: Any) -> None:
        """Keep quiet."""

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        path = urlsplit(self.path).path
        self.hub.asked.append((self.command, path, self.headers.get("Range", "")))
        if path == "/api/models/owner/tiny":
            self._send(200, json.dumps(self.hub.listing()).encode(), {"Content-Type": "application/json"}, body=body)
        elif path.startswith(f"/owner/tiny/resolve/{COMMIT}/"):
            self._file(path.removeprefix(f"/owner/tiny/resolve/{COMMIT}/"), body=body)
        elif path.startswith("/cdn/"):
            self._weights(path.removeprefix("/cdn/"))
        else:
            self._send(401, b"{}", {"X-Error-Code": "RepoNotFound"}, body=body)

    def _file(self, name: str, *, body: bool) -> None:
        if self.hub.gated:
            self._send(403, b"{}", {"X-Error-Code": "GatedRepo"}, body=body)
        elif name.endswith(".safetensors"):
            size, tag = str(len(self.hub.files[name])), self.hub.checksum(name)
            linked = {"X-Linked-Size": size, "X-Linked-Etag": f'"{tag}"', "X-Repo-Commit": COMMIT}
            self._send(302, b"", {"Location": f"{self.hub.store}/cdn/{name}", **linked}, body=body)
        else:
            data = self.hub.files[name]
            tags = {"ETag": f'"{self.hub.checksum(name)}"', "X-Repo-Commit": COMMIT}
            self._send(200, data, tags, body=body)

    def _weights(self, name: str) -> None:
        data = self.hub.files[name]
        if name in self.hub.tampered:
            data = bytes(len(data))
        asked = self.headers.get("Range", "")
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        if self.hub.breaks:
            self.wfile.write(data[start : start + self.hub.breaks.pop(0)])
            self.close_connection = True
        else:
            self.wfile.write(data[start:])

    def _send(self, code: int, data: bytes, headers: dict[str, str], *, body: bool) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if body:
            self.wfile.write(data)


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_args: Any) -> None:
        """Say nothing of clients that hang up: they are what is tested."""


@contextmanager
def serving(folder: Path) -> Iterator[HubServer]:
    """Serve a model folder for the length of the block."""
    hub = HubServer(folder)
    handler = type("Handler", (_Handler,), {"hub": hub})
    server = _Server(("127.0.0.1", 0), handler)
    hub.endpoint, hub.store = (f"http://{host}:{server.server_address[1]}" for host in ("127.0.0.1", "localhost"))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
