"""Waits on this computer alone for the browser to come back from signing in (RFC 8252 7.3). One answer, then it is gone."""

import hmac
import queue
import threading
import time
from collections.abc import Callable, Mapping
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from sencoapp import reference
from sencoapp.domain.refusals import Fault

PATIENCE_SECONDS = 120.0
_TICK_SECONDS = 0.1
_PATH = "/callback"


class Loopback:
    """A listener on a free port of 127.0.0.1, from ``with`` to its end."""

    def __init__(self, state: str) -> None:
        self._answers: queue.Queue[dict[str, str]] = queue.Queue(1)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.state, self._server.answers = state, self._answers
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_TICK_SECONDS,), name="sign-in listener")

    @property
    def redirect_uri(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}{_PATH}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait(self, seconds: float = PATIENCE_SECONDS, cancelled: Callable[[], bool] | None = None) -> Mapping[str, str]:
        """What the browser brought. Raises ``Fault("sign_in_timed_out")`` or ``Fault("sign_in_stopped")``."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if cancelled and cancelled():
                raise Fault("sign_in_stopped")
            try:
                return self._answers.get(timeout=min(_TICK_SECONDS, max(0.0, until - time.monotonic())))
            except queue.Empty:
                continue
        raise Fault("sign_in_timed_out")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    state: str
    answers: "queue.Queue[dict[str, str]]"


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    # Browsers open connections in advance and say nothing on them.
    timeout = 5

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        found = dict(parse_qsl(parts.query, keep_blank_values=True))
        # Whatever else knocks here (another page, a port scan) neither ends nor answers the waiting.
        if parts.path != _PATH or not hmac.compare_digest(found.get("state", "").encode(), self.server.state.encode()):
            self._say(404, "sync.not_here_title", "sync.not_here")
            return
        try:
            self.server.answers.put_nowait(found)
        except queue.Full:
            self._say(409, "sync.not_here_title", "sync.not_here")
            return
        came_back = "signed_in" if "code" in found else "not_signed_in"
        self._say(200, f"sync.{came_back}_title", f"sync.{came_back}")

    def _say(self, status: int, title: str, words: str) -> None:
        heading, text = escape(reference.say(title)), escape(reference.say(words))
        page = _PAGE.format(title=heading, text=text).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the address holds the code."""


_PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>
<style>body {{ font: 1.125rem/1.5 "Atkinson Hyperlegible Next", "Segoe UI", sans-serif; max-width: 32rem; margin: 4rem auto;
padding: 0 1.5rem; color: #1E2523; background: #F4F3EF }} h1 {{ font-size: 1.6rem }}</style></head>
<body><main><h1>{title}</h1><p>{text}</p></main></body></html>
"""
