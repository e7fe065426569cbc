"""Text in UTF-8 as it should be, and in Windows-1252 where it is not."""

import codecs
import threading

_ERRORS = "sencoapp.windows-1252"
_MOST_STRAY_BYTES = 100_000
"""More of them, and the file is Windows-1252 throughout, or no text at all: one by one they would take half a minute."""
_count = threading.local()


class _TooMany(ValueError):
    pass


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _count.stray += 1
    if _count.stray > _MOST_STRAY_BYTES:
        raise _TooMany
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_ERRORS, _as_windows_1252)


def text_of(content: bytes) -> str:
    """UTF-8, with those bytes that cannot be UTF-8 read as Windows-1252: one stray byte does not spoil the other names."""
    _count.stray = 0
    try:
        return content.decode("utf-8", _ERRORS)
    except _TooMany:
        return content.decode("cp1252", "replace")
