"""Large parts of a pack's evidence that are not in memory while the pack is put together: they are read when it is written.

pikepdf copies every stream that goes from one document into another. So a few letters go over in the place of a large picture; the
pack is written in short with those, and read again as a file in which each stands for the picture, wherever that lies.
"""

import re
import secrets
from bisect import bisect_right
from collections.abc import Callable
from contextlib import ExitStack
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, BytesIO, RawIOBase
from typing import Any, BinaryIO, NamedTuple

from sencoapp.domain.refusals import Fault, PlainMessage
from sencoapp.services.files_port import Files

_SMALLEST = 24 << 10
"""Bytes. What is smaller goes into memory: it would hardly be less with what stands for it."""
_BUFFER = 64 << 10
_LATELY = 3
_HEAD = 1 << 10

Read = Callable[[], bytes]


class _Part(NamedTuple):
    """What is read later. Its head is in memory: whoever reads what stands before it looks that far ahead."""

    length: int
    head: bytes
    read: Read


class Later:
    """What is to be read later, and what stands for it."""

    def __init__(self, files: Files, stack: ExitStack, *, wanted: bool) -> None:
        """``files`` keeps what is made on the way, sealed, until ``stack`` is closed. Where it is not ``wanted``, all is in memory."""
        self.wanted = wanted
        self._files, self._stack = files, stack
        self._sign = f"later {secrets.token_hex(12)} ".encode()
        self._parts: list[_Part] = []
        self._again: tuple[BinaryIO | None, Any] = (None, None)
        self._woven_file: _Woven | None = None

    def is_for(self, length: int) -> bool:
        """Whether so many bytes are better read later."""
        return self.wanted and length > _SMALLEST

    def stands_for(self, content: bytes, read: Read) -> bytes:
        """What goes into a stream in the place of its content, which ``read`` gives, the same each time.

        The stream has a filter: one that has none would be packed on the way, and what stands in it no longer be found.
        """
        self._parts.append(_Part(len(content), content[:_HEAD], read))
        return self._sign + b"%08d" % (len(self._parts) - 1)

    def kept(self, content: bytes) -> BinaryIO:
        """What was made of a file, to be read when it is wanted."""
        if not self.is_for(len(content)):
            return BytesIO(content)
        with self._files.writing() as out:
            out.write(content)
            name = out.end()
        self._stack.callback(self._files.discard, name)
        return self._stack.enter_context(self._files.open(name))

    def again(self, source: BinaryIO) -> Any:
        """A PDF opened once more; the one that was opened before is closed."""
        from pikepdf import Pdf

        if self._again[0] is not source:
            self.close()
            self._again = (source, Pdf.open(source))
        return self._again[1]

    def trouble(self) -> PlainMessage | None:
        """What could not be read, if anything: qpdf takes it for the end of a stream, and goes on."""
        return self._woven_file.trouble if self._woven_file else None

    def close(self) -> None:
        """Closes what was opened again."""
        if self._again[1] is not None:
            self._again[1].close()
        self._again = (None, None)

    def filled_in(self, pdf: Any) -> Any:
        """The same document, its parts to be read where they lie. Takes ``pdf`` over, and closes it."""
        from pikepdf import ObjectStreamMode, Pdf, StreamDecodeLevel

        if not self._parts:
            return pdf
        short = BytesIO()
        pdf.save(
            short,
            object_stream_mode=ObjectStreamMode.disable,
            compress_streams=True,
            stream_decode_level=StreamDecodeLevel.none,
            static_id=True,
            fix_metadata_version=False,
            min_version="1.7",
        )
        pdf.close()
        self._woven_file = self._woven(short.getvalue())
        return Pdf.open(BufferedReader(self._woven_file, _BUFFER))

    def _woven(self, short: bytes) -> "_Woven":
        """A file as qpdf writes it without streams of objects (ISO 32000-1, 7.5.4): its table of places is written anew."""
        table = short.rindex(b"xref\n0 ", 0, short.rindex(b"startxref"))
        woven = _Woven()
        moves: list[tuple[int, int]] = [(0, 0)]
        at = 0
        for found in re.finditer(re.escape(self._sign) + rb"(\d{8})", short[:table]):
            part = self._parts[int(found[1])]
            told = b"/Length %d" % len(found[0])
            place = short.rindex(told, at, found.start())
            woven.add(short[at:place])
            woven.add(b"/Length %d" % part.length)
            woven.add(short[place + len(told) : found.start()])
            woven.add(part.head)
            woven.add_later(part)
            at = found.end()
            moves.append((at, woven.size - at))
        woven.add(short[at:table])
        starts = [start for start, _ in moves]

        def moved(entry: re.Match[bytes]) -> bytes:
            place = int(entry[1])
            return b"%010d 00000 n" % (place + moves[bisect_right(starts, place) - 1][1])

        start = b"startxref\n%d\n" % woven.size
        end = re.sub(rb"(\d{10}) 00000 n", moved, short[table:])
        woven.add(re.sub(rb"startxref\n\d+\n", lambda _: start, end))
        return woven


class _Woven(RawIOBase):
    """A file of pieces, some in memory and some read when it comes to them; the last few of those are kept.

    qpdf reads a stream twice, to see whether it can be packed better, and to write it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._starts: list[int] = []
        self._pieces: list[bytes | _Part] = []
        self._lately: dict[int, bytes] = {}
        self._place = 0
        self.size = 0
        self.trouble: PlainMessage | None = None

    def add(self, piece: bytes) -> None:
        self._append(len(piece), piece)

    def add_later(self, part: _Part) -> None:
        """What follows on its head."""
        self._append(part.length - len(part.head), part)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        self._place = {SEEK_SET: 0, SEEK_CUR: self._place, SEEK_END: self.size}[whence] + offset
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]
        if self._place >= self.size:
            return 0
        number = bisect_right(self._starts, self._place) - 1
        start = self._place - self._starts[number]
        found = memoryview(self._piece(number))[start : start + len(into)]
        into[: len(found)] = found
        self._place += len(found)
        return len(found)

    def _append(self, length: int, piece: bytes | _Part) -> None:
        if length:
            self._starts.append(self.size)
            self._pieces.append(piece)
            self.size += length

    def _piece(self, number: int) -> bytes:
        piece = self._pieces[number]
        if isinstance(piece, bytes):
            return piece
        if number not in self._lately:
            while len(self._lately) >= _LATELY:
                del self._lately[next(iter(self._lately))]
            self._lately[number] = self._read(piece)
        return self._lately[number]

    def _read(self, part: _Part) -> bytes:
        try:
            found = part.read()
            if len(found) != part.length or not found.startswith(part.head):
                raise Fault("file_damaged")
        except PlainMessage as trouble:
            self.trouble = self.trouble or trouble
            raise
        return found[len(part.head) :]
