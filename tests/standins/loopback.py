"""A small threaded HTTP server on a loopback port, which can be closed and opened again on the same port."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit


class Answer(NamedTuple):
    """An HTTP answer."""

    status: int
    body: bytes
    headers: dict[str, str]


Responder = Callable[[str, str, str, Mapping[str, str], bytes], Answer | None]
"""Takes method, path, query, headers and body; None closes the connection without a word."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, respond: Responder):
        self.respond = respond
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any):
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any):
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def cut(self):
        """Cut every connection that is open."""
        with self._guard:
            connections = list(self._open)
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any):
        """Stay quiet: clients that go away in mid-answer are what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _handle(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        target = urlsplit(self.path)
        answer = self.server.respond(self.command, target.path, target.query, self.headers, body)
        if answer is None:
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_POST = do_DELETE = _handle  # noqa: N815 - names that http.server looks for

    def log_message(self, format: str, *args: Any):  # noqa: A002
        """Stay quiet."""


class LoopbackServer:
    """Serves `respond`; the port is chosen once and kept."""

    def __init__(self, respond: Responder, port: int = 0):
        self._respond = respond
        self._port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self):
        """Open the port; nothing happens if it is open."""
        if self._server is None:
            self._server = _Server(self._port, self._respond)
            self._port = self._server.server_address[1]
            self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
            self._thread.start()

    def stop(self):
        """Close the port and cut all connections; nothing happens if it is closed."""
        server, thread, self._server = self._server, self._thread, None
        if server is not None and thread is not None:
            server.shutdown()
            server.server_close()
            server.cut()
            thread.join()
