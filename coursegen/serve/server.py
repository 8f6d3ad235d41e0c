"""Answers the browser on this machine, and nobody else.

The address is of the loop, so no other machine can ask. A website in the author's browser could: so the name in the request must be this
machine's own (else a website could rename itself to it), and what other sites embed or fetch is refused. Nothing here changes
anything, so there is nothing to forge. Paths of a request are never paths on the disk: they are keys of what a package has.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import re
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from . import pages
from .show import Asked, is_inside
from .studio import Studio

HOST = "127.0.0.1"
BEAT = 10.0
"""Seconds after which a silent stream of events says that it is still there."""
CHUNK = 256 * 1024
_STATIC = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)?[a-z0-9]+(?:-[a-z0-9]+)*\.(?:css|js)")
_OWN = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'"
_COURSE = "default-src 'self' 'unsafe-inline' data: blob:"
_FILE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_ALWAYS = "; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml", ".vtt": "text/vtt"}
_ACTIVE = ("html", "svg", "xml")
"""Types of files that may have scripts in them: an author's own file opens, and can do nothing."""


class Server(ThreadingHTTPServer):
    """The preview of one course. Port 0 takes any that is free."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there two programs could have the same port
    request_queue_size = 32

    def __init__(self, studio: Studio, port: int) -> None:
        self.studio = studio
        super().__init__((HOST, port), Handler)
        names = (HOST, "localhost", "[::1]")
        self.names = {f"{name}:{self.server_port}" for name in names} | (set(names) if self.server_port == 80 else set())

    @property
    def address(self) -> str:
        """Where the preview is."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is no error; anything else is told."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


def serve(studio: Studio, server: Server) -> None:
    """Answer until Ctrl-C."""
    watching = threading.Thread(target=studio.run, daemon=True)
    watching.start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        studio.stop()
        server.server_close()
        watching.join(timeout=1)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "coursegen"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        """Answer a request."""
        if refused := self._refused():
            self._message(refused, "This is not for other sites", "Open the address that coursegen serve has printed.")
            return
        path = unquote(urlsplit(self.path).path, errors="replace")
        try:
            self._answer(path)
        except ConnectionError:
            raise
        except Exception as error:
            self.close_connection = True
            words = f"{type(error).__name__}: {error}"
            self._message(HTTPStatus.INTERNAL_SERVER_ERROR, "This part cannot be shown", f"Look at the findings. They may say why. {words}")

    do_HEAD = do_GET  # noqa: N815 - the name is http.server's

    def _refused(self) -> HTTPStatus | None:
        """Why a request is not answered."""
        if self.headers.get("Host", "").lower() not in self.server.names or len(self.headers.get_all("Host", [])) != 1:
            return HTTPStatus.MISDIRECTED_REQUEST
        origin = self.headers.get("Origin")
        if origin is not None and origin.lower() not in {f"http://{name}" for name in self.server.names}:
            return HTTPStatus.FORBIDDEN
        is_opened = self.headers.get("Sec-Fetch-Mode") == "navigate" and self.headers.get("Sec-Fetch-Dest") == "document"
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin") and not is_opened:
            return HTTPStatus.FORBIDDEN
        return None

    def _answer(self, path: str) -> None:
        state = self.server.studio.state
        first, _, rest = path.removeprefix("/").partition("/")
        if path == "/":
            self._page(pages.overview(state))
        elif path == "/findings":
            self._page(pages.findings(state))
        elif path == "/findings.json":
            self._send(pages.findings_json(state).encode(), "application/json; charset=utf-8", _OWN)
        elif path == "/events":
            self._events()
        elif path == "/favicon.ico":
            self._send(b"", "image/x-icon", _OWN, HTTPStatus.NO_CONTENT)
        elif first == "view":
            runtime, _, package = rest.partition("/")
            self._page(pages.view(state, runtime, package))
        elif first == "preview":
            self._static(rest)
        else:
            self._piece(first, rest)

    def _page(self, html: str | None) -> None:
        if html is None:
            self._missing()
        else:
            self._send(html.encode(), "text/html; charset=utf-8", _OWN)

    def _static(self, name: str) -> None:
        """A file of the preview itself."""
        from ..render.templates import shipped

        if name == "page.css":
            file = shipped() / name
        elif _STATIC.fullmatch(name):
            file = shipped() / "preview" / name
        else:
            file = None
        if file is None or not file.is_file():
            self._missing()
        else:
            self._send(file.read_bytes(), f"{_TYPES[file.suffix]}; charset=utf-8", _OWN)

    def _piece(self, runtime: str, rest: str) -> None:
        """A file of a package."""
        package, path = _split(rest)
        show = self.server.studio.state.show
        found = show.file(Asked(runtime, package, path)) if show else None
        if found is None:
            self._missing()
        elif isinstance(found, Path):
            self._file(found, path)
        elif isinstance(found, bytes):
            self._send(found, _type(path), _COURSE)
        else:
            raise TypeError(path)

    def _file(self, source: Path, path: str) -> None:
        """A file of the course, such as a picture; parts of it where a player of sounds or films asks for them."""
        if not is_inside(source, self.server.studio.root) or not source.is_file():
            self._missing()
            return
        kind = _type(path)
        policy = _FILE if any(word in kind for word in _ACTIVE) else _COURSE
        size = source.stat().st_size
        start, end = _range(self.headers.get("Range"), size)
        with source.open("rb") as file:
            self.send_response(HTTPStatus.PARTIAL_CONTENT if end - start < size else HTTPStatus.OK)
            self._heads(kind, policy)
            self.send_header("Accept-Ranges", "bytes")
            if end - start < size:
                self.send_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
            self.send_header("Content-Length", str(end - start))
            self.end_headers()
            file.seek(start)
            left = end - start if self.command == "GET" else 0
            while left > 0 and (chunk := file.read(min(CHUNK, left))):
                self.wfile.write(chunk)
                left -= len(chunk)
            if left > 0:  # the file has become shorter meanwhile
                self.close_connection = True

    def _events(self) -> None:
        """A stream that tells of every new state, the present one first."""
        studio = self.server.studio
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._heads("text/event-stream; charset=utf-8", _OWN)
        self.end_headers()
        if self.command == "HEAD":
            return
        studio.listen(1)
        try:
            number = -1
            while not studio.is_over:
                state = studio.wait(number, BEAT)
                told = f"data: {json.dumps(pages.status(state))}\n\n" if state.number != number else ":\n\n"
                number = state.number
                self.wfile.write(told.encode())
                self.wfile.flush()
        except (ConnectionError, TimeoutError):
            pass  # the page has gone
        finally:
            studio.listen(-1)

    def _send(self, body: bytes, kind: str, policy: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        known = status == HTTPStatus.OK and self.headers.get("If-None-Match") == tag
        self.send_response(HTTPStatus.NOT_MODIFIED if known else status)
        self._heads(kind, policy)
        self.send_header("ETag", tag)
        if not known and status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET" and not known:
            self.wfile.write(body)

    def _heads(self, kind: str, policy: str) -> None:
        for name, value in (
            ("Content-Type", kind),
            ("Content-Security-Policy", policy + _ALWAYS),
            ("Cache-Control", "no-cache"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ):
            self.send_header(name, value)

    def _missing(self) -> None:
        self._message(HTTPStatus.NOT_FOUND, "There is nothing here", "Perhaps it was renamed or removed. Go back to the overview.")

    def _message(self, status: HTTPStatus, title: str, words: str) -> None:
        self._send(pages.message(title, words).encode(), "text/html; charset=utf-8", _OWN, status)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What http.server itself refuses, such as other methods, in our words."""
        self.close_connection = True
        if not hasattr(self, "headers"):  # the request could not even be read
            self.requestline, self.command, self.request_version = "", "GET", "HTTP/1.0"
            super().send_error(code, message, explain)
            return
        self._message(HTTPStatus(code), "This cannot be answered", "The preview answers GET and HEAD only.")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is for the author."""


def _split(rest: str) -> tuple[str, str]:
    """The package and the path in it: ``course/index.html``, ``unit/u01/index.html``."""
    first, _, after = rest.partition("/")
    if first != "unit":
        return first, after
    name, _, path = after.partition("/")
    return f"unit/{name}", path


def _type(path: str) -> str:
    suffix = Path(path).suffix.lower()
    kind = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _range(wanted: str | None, size: int) -> tuple[int, int]:
    """The part of a file that is asked for, from and up to; all of it where that is not one simple part."""
    found = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", wanted or "")
    if not found or not any(found.groups()):
        return 0, size
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size
    start, end = int(first), min(int(last) + 1, size) if last else size
    return (start, end) if start < end else (0, size)
