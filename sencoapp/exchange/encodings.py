"""Text in UTF-8 as it should be, and in Windows-1252 where it is not."""

import codecs

_ERRORS = "sencoapp.windows-1252"


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_ERRORS, _as_windows_1252)


def text_of(content: bytes) -> str:
    """UTF-8, with those bytes that cannot be UTF-8 read as Windows-1252: one stray byte does not spoil the other names."""
    return content.decode("utf-8", _ERRORS)
