"""Packs made of bytes, for tests of what is in them: the files lie in memory, and nothing is sealed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import Any

from sencoapp.documents import DocumentRoom
from sencoapp.services.files_port import OpenedFile


class InMemory:
    """The ``Files`` port."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self._names = map(str, count())

    def put(self, content: bytes) -> str:
        name = next(self._names)
        self.kept[name] = content
        return name

    def open(self, name: str) -> OpenedFile:
        return OpenedFile(BytesIO(self.kept[name]))  # type: ignore[arg-type]

    @contextmanager
    def writing(self) -> Iterator["_Made"]:
        yield _Made(self)

    def discard(self, name: str) -> None:
        del self.kept[name]


class _Made(BytesIO):
    def __init__(self, files: InMemory) -> None:
        super().__init__()
        self._files = files

    def end(self) -> str:
        return self._files.put(self.getvalue())


@dataclass(frozen=True)
class MadePack:
    pdf: bytes
    sha256: str
    pages: int
    withheld_sha256: Mapping[str, str]


def made_pack(room: DocumentRoom, snapshot: Any, evidence: Sequence[tuple[Any, bytes]], **more: Any) -> MadePack:
    """A pack of files given as bytes. What was put away on the way is gone, whatever comes of it."""
    files = InMemory()
    named = [(entry, files.put(content)) for entry, content in evidence]
    made = None
    try:
        made = room.request_pack(snapshot, named, files, **more)
    finally:
        left = files.kept.keys() - {name for _, name in named} - ({made.blob} if made else set())
        assert not left
    pdf = files.kept[made.blob]
    assert made.size == len(pdf)
    return MadePack(pdf, made.sha256, made.pages, made.withheld_sha256)
