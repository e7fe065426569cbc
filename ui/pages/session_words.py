"""Sessions in words: what they are called, how they went."""

from collections.abc import Iterable

from sencoapp import reference
from sencoapp.services.delivery import DaySession


def wording(key: str, **details: object) -> str:
    """Words of the Sessions page."""
    return reference.say(f"sessions.{key}", **details)


def title_words(shown: DaySession) -> str:
    """The title, with its number where a day has several."""
    title = shown.provision.title
    return wording("named", title=title, session=shown.number) if shown.number > 1 else title


def state_words(shown: DaySession) -> str:
    """ "Not ticked", "Ran", "Short, 20 minutes", "Missed" with why, and how many were not there all the time."""
    mark = shown.of_all
    if mark is None:
        return wording("not_ticked")
    if mark.result == "missed":
        return f"{wording('state_missed')}, {wording(f'reason_{mark.reason}').lower()}"
    short = mark.session_minutes < shown.provision.minutes
    state = wording("state_short", minutes=mark.session_minutes) if short else wording("state_ran")
    away = sum(each.mark is not None and each.mark.result in ("absent", "left_early", "not_due") for each in shown.pupils)
    return wording("state_exceptions", state=state, count=away) if away else state


def minutes_below(most: int) -> list[tuple[str, str]]:
    """Lengths to choose from below a session's own: in fives, in ones for the shortest, in tens for the longest."""
    step = 1 if most <= 10 else 5 if most <= 60 else 10 if most <= 120 else 30
    return [(str(each), wording("minutes", count=each)) for each in range(step, most, step)]


def cautions_words(cautions: Iterable[str]) -> str:
    """What is to be said about the day, as sentences."""
    return " ".join(wording(f"caution_{each}") for each in cautions)
