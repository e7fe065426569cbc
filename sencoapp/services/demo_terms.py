"""The terms of the demo school."""

from datetime import date

from sencoapp import reference
from sencoapp.domain.people import Term


def terms_around(today: date) -> tuple[Term, ...]:
    """Six terms as a Leicestershire-shaped school might set them: last school year and this one."""
    start = today.year if today.month >= 8 else today.year - 1
    return tuple(term for year in (start - 1, start) for term in terms_of(year))


def terms_of(year: int) -> list[Term]:
    """The three terms of a school year that begins in this year."""
    return [
        Term(reference.say("demo.autumn", year=year), date(year, 8, 27), date(year, 12, 18), date(year, 10, 19), date(year, 10, 30)),
        Term(
            reference.say("demo.spring", year=year + 1),
            date(year + 1, 1, 5),
            date(year + 1, 3, 26),
            date(year + 1, 2, 15),
            date(year + 1, 2, 19),
        ),
        Term(
            reference.say("demo.summer", year=year + 1),
            date(year + 1, 4, 13),
            date(year + 1, 7, 10),
            date(year + 1, 5, 31),
            date(year + 1, 6, 4),
        ),
    ]
