"""Servers that misbehave: one that answers whatever a test says, and one that stands before the gateway and loses answers."""

import contextlib
import socket
import struct
import threading


class Wire:
    """Listens on this computer and lets ``behave`` have each connection, after the request's head has been read."""

    def __init__(self, behave):
        self._behave = behave
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.requests = []
        self.hear = _read_head
        self.let_go = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="wire")

    def _serve(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                head = self.hear(connection)
                if head:
                    self.requests.append(head.split(b"\r\n")[0].decode())
                    self._behave(self, connection)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.let_go.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


def answers(content=b"", status="200 OK", **headers):
    """Says this, and closes."""

    def behave(_, connection):
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + content)

    return behave


def says(raw):
    """Sends these bytes, and closes."""
    return lambda _, connection: connection.sendall(raw)


def says_and_waits(raw):
    """Sends these bytes and then nothing, until the test is over."""

    def behave(wire, connection):
        connection.sendall(raw)
        wire.let_go.wait()

    return behave


def resets(_, connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class LosesAnswers(Wire):
    """A proxy before a gateway: it hands on the whole request, lets the gateway do it, and cuts the line instead of answering.

    ``lose`` tells, by the first line of the request, whose answers are lost; each of them once.
    """

    def __init__(self, gateway, lose):
        super().__init__(None)
        self._gateway, self._lose = gateway, lose
        self.lost = []

    def _serve(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                self._hand_on(connection)

    def _hand_on(self, connection):
        head = _read_head(connection)
        if not head:
            return
        # A proxy is asked with the whole address; the gateway wants the path alone, and each connection once.
        head = head.replace(f" http://127.0.0.1:{self._gateway.port}".encode(), b" ", 1)
        head = head.replace(b"Connection: keep-alive", b"Connection: close")
        first = head.split(b"\r\n")[0].decode()
        length = next((int(each.split(b":")[1]) for each in head.split(b"\r\n") if each.lower().startswith(b"content-length")), 0)
        body = _read_exactly(connection, length)
        with socket.create_connection(("127.0.0.1", self._gateway.port)) as upstream:
            upstream.sendall(head + body)
            answer = b"".join(iter(lambda: upstream.recv(65536), b""))
        if self._lose(first) and first not in self.lost:
            self.lost.append(first)
            resets(None, connection)
            return
        connection.sendall(answer)


def _read_head(connection):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = connection.recv(1)
        if not piece:
            return b""
        head += piece
    return head


def _read_exactly(connection, length):
    body = bytearray()
    while len(body) < length:
        piece = connection.recv(length - len(body))
        if not piece:
            break
        body += piece
    return bytes(body)
