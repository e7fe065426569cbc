"""What a council's form asks of a request, and what of it is there. It warns and explains; it does not block a lawful request.

The checks are data in the form's file (``resources/councils/<council>/<form>/form.json``), each in one voice: the law, this
council, or good practice. The test in law is section 36(8) of the Children and Families Act 2014 and nothing else, so only four
things block: no pupil, no school, no requester, a damaged file.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from sencoapp.domain.dates import add_months, full_date, months_between
from sencoapp.domain.plain import from_plain
from sencoapp.domain.plan import Whose
from sencoapp.domain.request_facts import RequestFacts

Voice = Literal["law", "council", "practice"]
State = Literal["present", "missing", "explained", "blocking"]
Age = Literal["", "amber", "red"]

_NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Fix:
    page: str
    words: str


@dataclass(frozen=True)
class Check:
    """One row of a form's ``checks``. ``missing``, ``present`` and ``empty`` may hold {count}, {wanted}, {items}, {months}."""

    id: str
    voice: Voice
    title: str
    fact: str
    rule: str
    missing: str
    present: str
    why: str
    fix: Fix
    who: str
    source: str
    params: Mapping[str, Any] = field(default_factory=dict)
    empty: str | None = None
    """Said in place of ``missing`` where there is nothing at all."""
    blocking: bool = False
    confirm: str = ""
    """What about this check is not known, and whom to ask."""


@dataclass(frozen=True)
class Finding:
    """What one check found. ``reason`` is why a gap stays open; ``age`` tells how stale a report is."""

    check: str
    voice: Voice
    state: State
    title: str
    sentence: str
    why: str
    fix_page: str
    fix_words: str
    who: str
    reason: str | None = None
    age: Age = ""
    confirm: str = ""
    """What about the check itself is not known: it stands with the finding, whatever was found."""


@dataclass(frozen=True)
class Readiness:
    """All advisory findings in the form's order, the blockers if there are any, and the summary line."""

    findings: tuple[Finding, ...]
    blockers: tuple[Finding, ...]
    present: int
    total: int
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """What an evaluator says: whether it is there, how much there is, and which items are at fault."""

    met: bool
    count: int = 0
    items: tuple[str, ...] = ()
    nothing: bool = False
    reason: str | None = None
    age: Age = ""


def readiness(form: Mapping[str, Any], facts: RequestFacts, today: date, explained: Mapping[str, str] | None = None) -> Readiness:
    """What is there and what is not, for one request on one form.

    ``form`` is the content of a ``form.json``; ``explained`` maps a check's id to the school's reason for leaving it open.
    Raises ``KeyError`` for a fact or a rule that does not exist (the form's schema rules it out).
    """
    reasons = explained or {}
    verdicts = [(check, evaluate(check, form, facts, today)) for check in checks_of(form)]
    findings = tuple(_finding(check, verdict, reasons.get(check.id)) for check, verdict in verdicts if not check.blocking)
    blockers = tuple(_finding(check, verdict, None) for check, verdict in verdicts if check.blocking and not verdict.met)
    present = sum(each.state == "present" for each in findings)
    return Readiness(findings, blockers, present, len(findings), _summary(findings, len(blockers), present))


def checks_of(form: Mapping[str, Any]) -> tuple[Check, ...]:
    """The checks of a form, in its order."""
    return tuple(from_plain(Check, each) for each in form["checks"])


def evaluate(check: Check, form: Mapping[str, Any], facts: RequestFacts, today: date) -> Verdict:
    """One check on its own."""
    return RULES[check.rule](FACTS[check.fact](facts, form), check.params, today)


def _finding(check: Check, verdict: Verdict, reason: str | None) -> Finding:
    reason = (reason or "").strip() or verdict.reason
    state: State = "present" if verdict.met else "blocking" if check.blocking else "explained" if reason else "missing"
    words = check.present if verdict.met else check.empty if verdict.nothing and check.empty else check.missing
    wanted, months = check.params.get("at_least", 1), check.params.get("months", "")
    return Finding(
        check=check.id,
        voice=check.voice,
        state=state,
        title=check.title,
        sentence=words.format(count=verdict.count, wanted=wanted, months=months, items=_listed(verdict.items)),
        why=check.why,
        fix_page=check.fix.page,
        fix_words=check.fix.words,
        who=check.who,
        reason=None if verdict.met else reason,
        age=verdict.age,
        confirm=check.confirm,
    )


def _summary(findings: Sequence[Finding], blockers: int, present: int) -> str:
    explained = sum(each.state == "explained" for each in findings)
    missing = len(findings) - present - explained
    start = f"{present} of {len(findings)} present" + (f", {explained} explained" if explained else "") + "."
    if blockers:
        return f"{start} Put {_things(blockers)} right before you send."
    return f"{start} You can send now" + (f"; the council may ask for {_things(missing, ' more')}." if missing else ".")


def _things(count: int, more: str = "") -> str:
    return f"{count}{more} thing{'' if count == 1 else 's'}"


def _listed(items: Sequence[str]) -> str:
    rest = len(items) - _NAMED_AT_MOST
    return "; ".join(items[:_NAMED_AT_MOST]) + (f"; and {rest} more" if rest > 0 else "")


# The facts that a check may name.


def _unanswered(facts: RequestFacts, form: Mapping[str, Any]) -> tuple[str, ...]:
    questions = [each for section in form["sections"] for each in section["questions"]]
    wanted = [each for each in questions if each["required"] == "mandatory" and not each["by_hand"]]
    return tuple(each["label"] for each in wanted if each["id"] not in facts.answered)


def _too_long(facts: RequestFacts, form: Mapping[str, Any]) -> tuple[str, ...]:
    questions = [each for section in form["sections"] for each in section["questions"]]
    limits = (
        *((each, facts.answered, each.get("most_characters"), "character") for each in questions),
        *((each, facts.lines, each.get("most_items"), "line") for each in questions),
    )
    over = ((each["label"], there.get(each["id"], 0) - most, what) for each, there, most, what in limits if most)
    return tuple(f"“{label}” by {_counted(count, what)}" for label, count, what in over if count > 0)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _unchanged(facts: RequestFacts, _form: Mapping[str, Any]) -> tuple[str, ...]:
    """Outcomes that were not met and stand word for word, target included, in the next cycle."""
    key = {(each.cycle, each.label, each.target): each for each in facts.outcomes}
    again = [
        each for each in facts.outcomes if (before := key.get((each.cycle - 1, each.label, each.target))) and before.rating == "not_met"
    ]
    return tuple(dict.fromkeys(each.label for each in again))


def _views(whose: Whose) -> Callable[[RequestFacts, Mapping[str, Any]], Any]:
    return lambda facts, _form: tuple(each for each in facts.views if each.whose == whose)


FACTS: Mapping[str, Callable[[RequestFacts, Mapping[str, Any]], Any]] = {
    "pupil_named": lambda facts, _form: facts.pupil_named,
    "school_named": lambda facts, _form: facts.school_named,
    "requester_named": lambda facts, _form: facts.requester_named,
    "damaged_documents": lambda facts, _form: facts.damaged_documents,
    "reasons": lambda facts, _form: "why_an_assessment" in facts.answered,
    "unanswered": _unanswered,
    "too_long": _too_long,
    "evidence": lambda facts, _form: facts.evidence,
    "consent": lambda facts, _form: facts.consent_documents,
    "parents_told": lambda facts, _form: facts.parents_told_on,
    "parents_agree": lambda facts, _form: facts.parents_agree is not None,
    "needs": lambda facts, _form: facts.needs,
    "reviewed_cycles": lambda facts, _form: facts.reviewed_cycles,
    "outcomes": lambda facts, _form: facts.outcomes,
    "unchanged_outcomes": _unchanged,
    "views.pupil": _views("pupil"),
    "views.parents": _views("parents"),
    "reports": lambda facts, _form: facts.reports,
    "provision": lambda facts, _form: facts.provision,
    "vague_wording": lambda facts, _form: facts.vague_wording,
    "strengths": lambda facts, _form: facts.strengths,
    "attendance": lambda facts, _form: facts.attendance_known,
    "recent_observations": lambda facts, _form: facts.observations_last_12_months,
    "unreviewed_cycles": lambda facts, _form: facts.unreviewed_cycles,
    "off_timetable": lambda facts, _form: facts.off_timetable,
    "duplicates": lambda facts, _form: facts.duplicates,
    "poor_scans": lambda facts, _form: facts.poor_scans,
    "statement": lambda facts, _form: facts.statement_sentences,
    "form_is_current": lambda facts, _form: facts.form_out_of_date,
}


# The rules that a check may name. Each takes the fact, the check's params and the day.


def present(value: Any, _params: Mapping[str, Any], _today: date) -> Verdict:
    """There is something: not nothing, not false, not an empty text."""
    return Verdict(_filled(value))


def count_at_least(value: Any, params: Mapping[str, Any], _today: date) -> Verdict:
    """``at_least`` (1 unless told) of them: of a number, or of the items of a list; ``kinds`` and ``titles`` pick documents."""
    count = value if isinstance(value, int) else len(_of_kinds(value, params))
    return Verdict(count >= params.get("at_least", 1), count, nothing=count == 0)


def none_of(value: Any, _params: Mapping[str, Any], _today: date) -> Verdict:
    """An empty list; what is in it is named."""
    return Verdict(not value, len(value), tuple(value))


def each_has(value: Any, params: Mapping[str, Any], _today: date) -> Verdict:
    """Every item has every field of ``fields`` (name to the words for its absence); ``only`` names a field that picks the items.

    Not met where there are fewer items than ``at_least`` (1 unless told).
    """
    only = params.get("only")
    items = [each for each in value if only is None or getattr(each, only)]
    gaps = [(each, [words for name, words in params["fields"].items() if not _filled(getattr(each, name))]) for each in items]
    named = tuple(f"“{each.label}”: {', '.join(lacks)}" for each, lacks in gaps if lacks)
    return Verdict(not named and len(items) >= params.get("at_least", 1), len(items), named, nothing=not items)


def newer_than_months(value: Any, params: Mapping[str, Any], today: date) -> Verdict:
    """Dated items no older than ``months`` calendar months: each of them (``of`` is "all") or the newest ("newest").

    An item that only says why there is nothing makes the gap explained. ``red_months`` marks the very old.
    Not met where there are fewer items than ``at_least`` (1 unless told). ``kinds`` and ``titles`` pick documents.
    """
    items = sorted(_of_kinds(value, params), key=lambda each: each.on or date.min)
    wanted = items[-1:] if params["of"] == "newest" else items
    old = [each for each in wanted if each.on is None or add_months(each.on, params["months"]) < today]
    absent = [each.absent_because for each in wanted if getattr(each, "absent_because", None)]
    met = not old and not absent and len(items) >= params.get("at_least", 1)
    return Verdict(
        met,
        len(items),
        tuple(_aged(each, today) for each in old),
        nothing=not items or bool(absent),
        reason=absent[0] if absent and not old else None,
        age=_age(old, params, today),
    )


RULES: Mapping[str, Callable[[Any, Mapping[str, Any], date], Verdict]] = {
    "present": present,
    "count_at_least": count_at_least,
    "newer_than_months": newer_than_months,
    "each_has": each_has,
    "none_of": none_of,
}


def _of_kinds(value: Any, params: Mapping[str, Any]) -> list[Any]:
    kinds, titles = params.get("kinds"), params.get("titles")
    found = [each for each in value if kinds is None or each.kind in kinds]
    if not titles:
        return found
    wanted = re.compile("|".join(rf"\b{re.escape(each)}s?\b" for each in titles), re.IGNORECASE)
    return [each for each in found if wanted.search(each.label)]


def _filled(value: Any) -> bool:
    return not (value is None or value is False or (isinstance(value, str) and not value.strip()))


def _aged(item: Any, today: date) -> str:
    if item.on is None:
        return f"“{item.label}” has no date"
    return f"“{item.label}” of {full_date(item.on)} is {months_between(item.on, today)} months old"


def _age(old: Sequence[Any], params: Mapping[str, Any], today: date) -> Age:
    if not old:
        return ""
    red = params.get("red_months")
    return "red" if red and any(each.on and add_months(each.on, red) < today for each in old) else "amber"
