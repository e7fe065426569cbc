"""How much and how often: the size of a body, and a bucket of tokens for each caller."""

import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Annotated, Any

from fastapi import Depends, Request

from sencoapp.api.messages import CHUNK_BYTES, MANIFEST_BYTES
from sencoapp.council.problems import Problem, wait

LARGEST_FORM = 256 * 1024
_CALLERS_REMEMBERED = 10_000

Message = MutableMapping[str, Any]


class Bucket:
    """A bucket for each caller: ``most`` tries at once, then one every ``seconds``."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, caller: str) -> None:
        """Raises 429 where nothing is left, and takes nothing: for tries that count only when they fail."""
        with self._lock:
            left = self._left_for(caller)
        if left < 1:
            raise wait((1 - left) * self._seconds)

    def take(self, caller: str) -> None:
        """Takes one; raises 429 where nothing is left."""
        with self._lock:
            left = self._left_for(caller)
            self._left.pop(caller, None)
            self._left[caller] = (left - 1 if left >= 1 else left, self._clock())
            if len(self._left) > _CALLERS_REMEMBERED:
                self._left.popitem(last=False)
        if left < 1:
            raise wait((1 - left) * self._seconds)

    def _left_for(self, caller: str) -> float:
        now = self._clock()
        left, at = self._left.get(caller, (float(self._most), now))
        return min(float(self._most), left + (now - at) / self._seconds)


class BodyCap:
    """Stops a body that is larger than any that the gateway takes, whether it says so beforehand or not."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]) -> None:
        read = 0
        most = MANIFEST_BYTES if scope.get("method") == "PUT" else LARGEST_FORM

        async def receive_some() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise Problem(413, "too_large", headers={"Connection": "close"})
            return message

        await self._app(scope, receive_some if scope["type"] == "http" else receive, send)


def body_of(most: int) -> Any:
    """A dependency that reads the whole body, at most so many bytes."""

    async def read(request: Request) -> bytes:
        content = bytearray()
        async for piece in request.stream():
            content += piece
            if len(content) > most:
                raise Problem(413, "too_large", headers={"Connection": "close"})
        return bytes(content)

    return read


ChunkBody = Annotated[bytes, Depends(body_of(CHUNK_BYTES))]
ManifestBody = Annotated[bytes, Depends(body_of(MANIFEST_BYTES))]


def caller_of(request: Request) -> str:
    """The address that a call comes from; behind a TLS proxy, the one that the proxy tells."""
    return request.client.host if request.client else "unknown"
