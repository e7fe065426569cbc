"""Reading a file can be stopped half-way: every loop over what a stranger wrote asks between two steps whether it is to go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO

_cancelled: ContextVar[Callable[[], bool]] = ContextVar("cancelled", default=lambda: False)


class Stopped(BaseException):
    """A person does not want the rest. Not an ``Exception``: what a damaged file trips over is caught as one on the way."""


@contextmanager
def stopping(cancelled: Callable[[], bool]) -> Iterator[None]:
    """Within it ``go_on`` asks ``cancelled``."""
    token = _cancelled.set(cancelled)
    try:
        yield
    finally:
        _cancelled.reset(token)


def go_on() -> None:
    """Raises ``Stopped`` where a person has stopped the reading."""
    if _cancelled.get()():
        raise Stopped


class StoppableBytes(BytesIO):
    """Bytes for a library whose loops are its own: it cannot be asked, but it has to read."""

    def read(self, size: int | None = -1, /) -> bytes:
        go_on()
        return super().read(size)
