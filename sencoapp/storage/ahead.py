"""What a damaged write-ahead file would lose in silence (SQLite file format, 4.1 to 4.4).

After a crash SQLite reads the file up to the first frame whose checksum does not hold, and takes what follows for the rest
of a write that was under way. So it is, nearly always. Where a whole transaction follows, the disk has given back something
else than what was written, and saves that were acknowledged are gone: then the files are kept aside and a person is told.
"""

import shutil
import struct
from datetime import date
from pathlib import Path

HEADER_BYTES = 32
FRAME_HEADER_BYTES = 24
_MAGIC = 0x377F0682
_MASK = 0xFFFFFFFF


def is_damaged(ahead: Path) -> bool:
    """Whether a transaction that was written to the end can no longer be read. Reads the file only; it may be absent."""
    try:
        content = ahead.read_bytes()
    except FileNotFoundError:
        return False
    if len(content) <= HEADER_BYTES:
        return False
    magic, _form, page_bytes = struct.unpack(">3I", content[:12])
    order = ">" if magic & 1 else "<"
    sums = _sums(content[:24], order, (0, 0))
    if magic & ~1 != _MAGIC or sums != struct.unpack(">2I", content[24:32]):
        return len(content) > HEADER_BYTES + FRAME_HEADER_BYTES
    salts, broken = content[16:24], False
    frame_bytes = FRAME_HEADER_BYTES + page_bytes
    for start in range(HEADER_BYTES, len(content) - frame_bytes + 1, frame_bytes):
        head, page = content[start : start + FRAME_HEADER_BYTES], content[start + FRAME_HEADER_BYTES : start + frame_bytes]
        ours = head[8:16] == salts
        if not broken:
            sums = _sums(page, order, _sums(head[:8], order, sums))
            broken = not ours or sums != struct.unpack(">2I", head[16:])
            if broken:  # the last write of a save that was under way leaves a frame like this, and nothing of that save after it
                continue
        if broken and ours and struct.unpack(">I", head[4:8])[0]:  # the last frame of a transaction, of this very file
            return True
    return False


def _sums(content: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for index in range(0, len(words), 2):
        first = (first + words[index] + second) & _MASK
        second = (second + words[index + 1] + first) & _MASK
    return first, second


def keep_aside(database: Path, day: date) -> Path:
    """A copy of the database and of what was written ahead of it, as they were found; both are encrypted. Returns its folder."""
    folder = database.parent / f"damaged {day.isoformat()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    for ending in ("", "-wal"):
        source, target = database.with_name(database.name + ending), folder / (database.name + ending)
        if not target.exists():
            shutil.copyfile(source, target)
    return folder
