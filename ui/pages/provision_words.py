"""Provision in words: how often, how long, in what group, with whom, and what was typed for it."""

from decimal import Decimal, InvalidOperation

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.provision import Provision

WAVES = ("universal", "targeted", "specialist")


def wording(key: str, **details: object) -> str:
    """Words of the Provision pages."""
    return reference.say(f"provision_page.{key}", **details)


def counted(key: str, count: int) -> str:
    """ "1 pupil", "4 pupils"."""
    return reference.say(f"provision_page.{key}_one") if count == 1 else reference.say(f"provision_page.{key}_many", count=f"{count:,}")


def wave_words(wave: str) -> str:
    return reference.say(f"provision_page.wave_{wave}")


def sessions_words(sessions: Decimal) -> str:
    """ "3" or "0.5", as a person writes it."""
    return format(sessions.normalize(), "f")


def pattern_words(provision: Provision) -> str:
    """ "3 sessions a week of 30 minutes with Mrs Lacey, in a group of 4, for 12 weeks"."""
    sessions = sessions_words(provision.sessions_per_week)
    often = wording("sessions_one") if sessions == "1" else wording("sessions_many", count=sessions)
    group = wording("alone") if provision.group_size == 1 else wording("in_group", size=provision.group_size)
    weeks = wording("for_weeks_one") if provision.weeks == 1 else wording("for_weeks_many", count=provision.weeks)
    return wording("pattern", often=often, minutes=provision.minutes, who=provision.delivered_by, group=group, weeks=weeks)


def run_words(provision: Provision) -> str:
    """ "From 8 September 2026 to 18 December 2026"."""
    if provision.ends_on:
        return wording("from_to", start=full_date(provision.starts_on), end=full_date(provision.ends_on))
    return wording("from_day", start=full_date(provision.starts_on))


def read_number(words: str) -> int:
    """The whole number that was typed, or 0 for anything else: the check of the provision then says what to enter."""
    cleaned = words.strip().rstrip(".")
    return int(cleaned) if cleaned.isascii() and cleaned.isdigit() and len(cleaned) <= 6 else 0


def read_sessions(words: str) -> Decimal:
    """Sessions a week: "3" or "0.5"; 0 for anything else."""
    try:
        found = Decimal(words.strip().rstrip(".") or "0")
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() and abs(found) < 1000 else Decimal(0)


def read_pence(words: str) -> int:
    """Pence for "17.20", "£17.20" or "1,720"; -1 for what is no amount."""
    cleaned = words.replace("£", "").replace(",", "").strip().rstrip(".")
    try:
        found = Decimal(cleaned) * 100
    except InvalidOperation:
        return -1
    return int(found) if found.is_finite() and found == found.to_integral_value() and 0 <= found < 1_000_000 else -1


def pounds(pence: int) -> str:
    """ "17.20", as it is typed."""
    return f"{pence // 100}.{pence % 100:02d}"
