"""Writing a file so that it is there whole and for its owner only, or not there; after a power cut too."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Writes beside the place and moves into it: there is never half a file there. Raises ``OSError``."""
    half = half_beside(path)
    write_new(half, content)
    move_into_place(half, path)


def half_beside(path: Path) -> Path:
    """A hidden file beside a place, which nobody else has: where what goes there is written first."""
    return path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.part")


def write_new(path: Path, content: bytes | Iterable[bytes]) -> None:
    """A file that is not there yet, whole on the disk. Raises ``OSError``, and then nothing is left."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in (content,) if isinstance(content, bytes) else content:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def move_into_place(half: Path, path: Path) -> None:
    """What was written beside its place now stands there, over what stood there before. Raises ``OSError``."""
    try:
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder last: a rename is only as lasting as its folder. Windows does this by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private_folder(folder: Path) -> None:
    """The folder and those above it, made for their owner only where they are not there yet."""
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def private_file(path: Path) -> None:
    """An empty file for its owner only, where there is none: what SQLite makes beside it is as private as it is."""
    if os.name == "posix":
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
