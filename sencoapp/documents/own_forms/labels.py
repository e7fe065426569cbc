"""Words of a form, and names that its maker gave to fields, as labels."""

import re

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|[_.\[\]#]+")
_AROUND = " _.…·-–"


def label_of(words: str) -> str:
    """Words as a label: in one line, without the colon, the star or the dots behind them."""
    return " ".join(words.split()).rstrip(f"{_AROUND}:*").lstrip(_AROUND)[:300]


def label_of_name(name: str) -> str:
    """The name of a field as words: "DateOfBirth" is "Date Of Birth". Empty for one without letters."""
    return label_of(_CAMEL.sub(" ", name)) if any(each.isalpha() for each in name) else ""
