"""What no XML file can hold, and so no Word file, workbook or Common Transfer File."""

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """The text without the characters that XML 1.0 has no place for (Extensible Markup Language 1.0, 2.2)."""
    return _UNWRITABLE.sub("", text)
