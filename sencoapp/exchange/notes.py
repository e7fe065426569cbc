"""What there is to say about the rows of a file, in a school office's words, gathered while it is read."""

from sencoapp import reference
from sencoapp.domain.arrivals import Problem, Severity

_LONGEST_QUOTE = 40


def quoted(text: str) -> str:
    """What the file says, fit to stand in a sentence: one line, not too long."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"


class Notes:
    """Gathers problems. ``source`` decides how a row is called."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._single: list[Problem] = []
        self._shared: dict[tuple[str, Severity, str], list[int]] = {}

    def place(self, row: int) -> str:
        """How a person finds the row: "Row 5", "Pupil 3 in the file"."""
        return reference.say(f"exchange.place_{self._source}", row=row)

    def place_within(self, row: int) -> str:
        """The same inside a sentence: "row 5"."""
        place = self.place(row)
        return place[:1].lower() + place[1:]

    def about(self, row: int, field: str, severity: Severity, key: str, **details: object) -> None:
        """Something about this row and no other."""
        self._single.append(Problem(row, field, severity, f"{self.place(row)}: {_sentence(key, details)}"))

    def about_each(self, row: int, field: str, severity: Severity, key: str, **details: object) -> None:
        """Something that many rows may share word for word: told once, at the first row, with how many more there are."""
        rows = self._shared.setdefault((field, severity, _sentence(key, details)), [])
        if not rows or rows[-1] != row:
            rows.append(row)

    def about_file(self, row: int, field: str, severity: Severity, key: str, **details: object) -> None:
        """Something about the file as a whole; ``row`` is where to look, and is not named."""
        sentence = _sentence(key, details)
        self._single.append(Problem(row, field, severity, sentence[:1].upper() + sentence[1:]))

    def problems(self) -> tuple[Problem, ...]:
        """All of them, by row."""
        shared = [
            Problem(rows[0], field, severity, f"{self._places(rows)}: {words}") for (field, severity, words), rows in self._shared.items()
        ]
        return tuple(sorted([*self._single, *shared], key=lambda each: each.row))

    def _places(self, rows: list[int]) -> str:
        place = self.place(rows[0])
        if len(rows) == 1:
            return place
        if len(rows) == 2:
            return reference.say("exchange.and_others_one", place=place)
        return reference.say("exchange.and_others", place=place, count=f"{len(rows) - 1:,}")


def _sentence(key: str, details: dict[str, object]) -> str:
    return reference.say(f"exchange.{key}", **{name: quoted(each) if isinstance(each, str) else each for name, each in details.items()})
