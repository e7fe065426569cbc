"""What a section prints from the record after its answers, as a quiet summary that leads to where it stands."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sencoapp.domain.dates import full_date
from sencoapp.domain.snapshot import PackSnapshot
from sencoapp.reference import say
from ui.widgets import Button, Icon, Surface, Text, col, money, note, row

_MOST_LETTERS = 160


@dataclass(frozen=True)
class Printed:
    """One thing that is printed: what it is, a line about it, and the place it comes from (see ``request_ways``)."""

    icon: str
    title: str
    detail: str
    place: str


def printed_by(shows: str, snapshot: PackSnapshot) -> list[Printed]:
    """What a section with this ``shows`` prints; empty where it prints its answers alone."""
    writer = _WRITERS.get(shows)
    return writer(snapshot) if writer else []


def printed_card(printed: Printed, press: Callable[[], object]) -> Surface:
    """A card with a link to the place."""
    words = col(Text(printed.title, "ui", weight=600, wrap=True), note(printed.detail, wrap=True) if printed.detail else None, gap=0)
    link = Button(say("request_page.open"), "link", name=say("request_page.open_what", what=printed.title), press=press)
    return Surface("panel", row(Icon(printed.icon, "muted"), (words, 1), link, gap=12, margins=(12, 8, 12, 8)))


def _family(snapshot: PackSnapshot) -> list[Printed]:
    cards = []
    for each in snapshot["contacts"]:
        facts = [
            say("request_page.has_responsibility") if each["parental_responsibility"] else "",
            say("request_page.lives_with") if each["lives_with_pupil"] else "",
            each["phone"] or "",
            say("request_page.interpreter", language=each["language"] or "") if each["interpreter"] else "",
        ]
        who = f"{each['name']}, {each['relationship'].lower()}" if each["relationship"] else each["name"]
        cards.append(Printed("users", who, " · ".join(filter(None, facts)), "pupil"))
    return cards or [Printed("users", say("request_page.no_contacts"), "", "pupil")]


def _views(snapshot: PackSnapshot) -> list[Printed]:
    cards = []
    for whose in ("pupil", "parents"):
        theirs = [each for each in snapshot["views"] if each["whose"] == whose]
        for each in theirs:
            text = each["text"] or each["absent_because"] or ""
            head = say(f"request_page.view_{whose}", day=_day(each["given_on"]))
            cards.append(Printed("message-circle", head, _short(f"“{text}”" if each["text"] else text), "views"))
        if not theirs:
            cards.append(Printed("message-circle", say(f"request_page.no_view_{whose}"), "", "views"))
    return cards


def _needs(snapshot: PackSnapshot) -> list[Printed]:
    cards = [Printed("target", each["label"], _short(each["description"] or ""), "needs") for each in snapshot["needs"]]
    return cards or [Printed("target", say("request_page.no_needs"), "", "needs")]


def _cycles(snapshot: PackSnapshot) -> list[Printed]:
    cards = []
    for each in snapshot["cycles"]:
        ended = each["reviewed_on"] or each["closed_on"]
        key = "cycle_reviewed" if ended else "cycle_open"
        detail = say(f"request_page.{key}", began=_day(each["starts_on"]), ended=_day(ended), count=len(each["outcomes"]))
        cards.append(Printed("repeat", say("request_page.cycle", number=each["number"]), detail, "cycles"))
    return cards or [Printed("repeat", say("request_page.no_cycles"), "", "cycles")]


def _progress(snapshot: PackSnapshot) -> list[Printed]:
    ratings = Counter(outcome["rating"] for cycle in snapshot["cycles"] for outcome in cycle["outcomes"] if outcome["rating"])
    if not ratings:
        return [Printed("trending-up", say("request_page.no_results"), "", "cycles")]
    parts = [say(f"request_page.rated_{each}", count=ratings[each]) for each in ("met", "nearly", "some", "not_met") if ratings[each]]
    return [Printed("trending-up", say("request_page.results", count=sum(ratings.values())), ", ".join(parts), "cycles")]


def _provision(snapshot: PackSnapshot) -> list[Printed]:
    rows = snapshot["provision"]
    if not rows:
        return [Printed("layout-grid", say("request_page.no_provision"), "", "provision")]
    total = say("request_page.provision", count=len(rows), cost=money(snapshot["provision_total_pence"]))
    names = "; ".join(f"{each['title']}, {each['delivered_by']}" for each in rows)
    return [Printed("layout-grid", total, _short(names), "provision")]


def _evidence(snapshot: PackSnapshot) -> list[Printed]:
    papers = snapshot["evidence"]
    names = "; ".join(f"{each['letter']} {each['title']}" for each in papers)
    return [Printed("paperclip", say("request_page.evidence_count", count=len(papers)), _short(names), "evidence")]


def _consent(snapshot: PackSnapshot) -> list[Printed]:
    signed = any(each["kind"] == "consent" for each in snapshot["evidence"])
    key = "consent_filed" if signed else "consent_to_sign"
    return [Printed("file-text", say("request_page.consent_page"), say(f"request_page.{key}"), "documents" if signed else "pack")]


_WRITERS: dict[str, Callable[[PackSnapshot], list[Printed]]] = {
    "family": _family,
    "views": _views,
    "needs": _needs,
    "cycles": _cycles,
    "progress": _progress,
    "provision": _provision,
    "evidence": _evidence,
    "consent": _consent,
}


def _day(iso: str | None) -> str:
    return full_date(date.fromisoformat(iso)) if iso else ""


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _MOST_LETTERS else words[: _MOST_LETTERS - 1].rsplit(" ", 1)[0] + " …"


def cards_of(printed: Sequence[Printed], go: Callable[[str], object]) -> list[Surface]:
    """The cards of a section; ``go`` is called with the place of the one whose link is pressed."""
    return [printed_card(each, partial(go, each.place)) for each in printed]
