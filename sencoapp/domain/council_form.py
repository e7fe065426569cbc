"""A council's form, put together from its own file and from what the forms of all councils share.

A form (``resources/councils/<council>/<form>/form.json``) names a question or a check that many councils ask by its id and says
only what is different. The law is not a council's to change: it comes from ``resources/councils/shared.json`` by the kind of form.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Way = tuple[str | int, ...]
"""Where something stands in a file: keys and places in lists, from the outside in."""

Force = Literal["in_force", "not_yet", "ended", "not_known"]
"""Whether a council takes this version of a form on a day, as far as its dates are known."""

FormKind = Literal["ehc_needs_assessment", "funding"]


_FITS = "answers_fit"
"""The check that goes with every form that limits an answer."""


@dataclass(frozen=True)
class FormProblem:
    """What is wrong in a form's file, and where. ``problem`` names the words (``cli.form_<problem>``)."""

    way: Way
    problem: str
    name: str


def assembled(form: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """The whole form: every question and check in full, the law's own checks first, the form's, those that go with every form, its papers.

    Raises ``KeyError`` where a form uses a question or a check that is not shared (``problems_of`` says it in words).
    """
    law = shared["law"][form["kind"]]
    named = {id_of(each) for each in form["checks"]}
    usual = [each for each in shared["usual"][form["kind"]] if each not in named]
    sections = [
        {**section, "questions": [_whole(each, shared["questions"]) for each in section["questions"]]} for section in form["sections"]
    ]
    if _FITS not in named and any(has_limit(each) for section in sections for each in section["questions"]):
        usual.append(_FITS)
    checks = [_with_unknown_dates(form, _whole(each, shared["checks"]), shared) for each in [*form["checks"], *usual]]
    return {
        **form,
        "evidence": papers_of(form, shared),
        "law_notes": law["notes"],
        "sections": sections,
        "checks": [
            *(_checked(each, blocking=True) for each in shared["blocking"]),
            *law["checks"],
            *(_checked(each, blocking=False) for each in checks),
            *_evidence_checks(form, shared),
        ],
    }


def papers_of(form: Mapping[str, Any], shared: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The papers that go with a form, each in full. Raises ``KeyError`` as ``assembled``."""
    return [_whole(each, shared["evidence"]) for each in form.get("evidence", ())]


def check_of(paper: Mapping[str, Any]) -> str:
    """The id of the check that tells whether a paper is there."""
    return str(paper.get("check") or f"evidence_{paper['id']}")


def problems_of(form: Mapping[str, Any], shared: Mapping[str, Any]) -> tuple[FormProblem, ...]:
    """What a schema cannot say of a form: names that are not shared, ids that stand twice, a form without its reasons."""
    sections = list(enumerate(form["sections"]))
    questions = [
        (("sections", place, "questions", number), each) for place, part in sections for number, each in enumerate(part["questions"])
    ]
    checks = [(("checks", number), each) for number, each in enumerate(form["checks"])]
    papers = [(("evidence", number), each) for number, each in enumerate(form.get("evidence", ()))]
    there = {*(id_of(each) for _, each in checks), *shared["usual"][form["kind"]]}
    law = {each["id"] for each in [*shared["blocking"], *shared["law"][form["kind"]]["checks"]]}
    found = [
        *_unknown(questions, shared["questions"], "question"),
        *_unknown(checks, shared["checks"], "check"),
        *_unknown(papers, shared["evidence"], "paper"),
        *_twice([(way, id_of(each)) for way, each in papers], "paper"),
        *_without_check(papers, shared["evidence"], there),
        *_twice([(("sections", place), part["id"]) for place, part in sections], "section"),
        *_twice([(way, id_of(each)) for way, each in questions], "question"),
        *_twice([(way, id_of(each)) for way, each in checks], "check"),
        *(FormProblem(way, "check_of_the_law", id_of(each)) for way, each in checks if id_of(each) in law),
    ]
    if form["kind"] == "ehc_needs_assessment" and "why_an_assessment" not in {id_of(each) for _, each in questions}:
        found.append(FormProblem(("sections",), "reasons_missing", "why_an_assessment"))
    return tuple(found)


def id_of(each: str | Mapping[str, Any]) -> str:
    """The id of a question or a check, however the form names it."""
    return each if isinstance(each, str) else str(each.get("use") or each["id"])


def has_limit(question: Mapping[str, Any]) -> bool:
    """Whether the council takes only so many characters, or so many lines, as an answer."""
    return bool(question.get("most_characters") or question.get("most_items"))


def force_on(form: Mapping[str, Any], day: date) -> Force:
    """Whether a form is in force on a day. An end that is not known leaves it open."""
    first, last, on = form["in_force_from"], form["in_force_to"], day.isoformat()
    if first and on < first:
        return "not_yet"
    if last and on > last:
        return "ended"
    return "in_force" if first or last else "not_known"


def sources_of(question: Mapping[str, Any]) -> tuple[str, ...]:
    """Where in the record the pieces of an answer come from; none where only a person can answer."""
    named = question["source"]
    return () if named == "none" else (named,) if isinstance(named, str) else tuple(named)


@dataclass(frozen=True)
class AskedQuestion:
    """A question of one form, and whether the pupil's record has an answer for it: the same id is the same answer."""

    question: str
    label: str
    required: str
    section: str
    also_asked_by: bool
    """Whether the other form asks it too."""
    answered: bool


def asked_questions(form: Mapping[str, Any], other: Mapping[str, Any], answered: frozenset[str]) -> tuple[AskedQuestion, ...]:
    """The questions of an assembled form in its order, those that are filled in by hand left out."""
    shared = {each["id"] for section in other["sections"] for each in section["questions"]}
    return tuple(
        AskedQuestion(each["id"], each["label"], each["required"], section["title"], each["id"] in shared, each["id"] in answered)
        for section in form["sections"]
        for each in section["questions"]
        if not each["by_hand"]
    )


def _whole(each: str | Mapping[str, Any], bank: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(each, str):
        return {"id": each, **bank[each]}
    if "use" in each:
        return {"id": each["use"], **bank[each["use"]], **{name: value for name, value in each.items() if name != "use"}}
    return dict(each)


def _with_unknown_dates(form: Mapping[str, Any], check: Mapping[str, Any], shared: Mapping[str, Any]) -> Mapping[str, Any]:
    """Whether a form is the present one can be said only as far as its dates are known."""
    dated = bool(form["in_force_from"] or form["in_force_to"])
    if check["fact"] != "form_is_current" or dated or check.get("confirm"):
        return check
    return {**check, "to_confirm": True, "confirm": shared["dates_not_known"]}


def _checked(check: Mapping[str, Any], *, blocking: bool) -> dict[str, Any]:
    return {**check, "blocking": blocking}


def _evidence_checks(form: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A check for each kind of evidence that the form wants, in the council's voice unless it says that it only recommends it."""
    for wanted in papers_of(form, shared):
        if "check" in wanted:
            continue
        check = shared["evidence_check"]
        words = {name: check[name].format(what=wanted["words"]) for name in ("title", "missing", "empty", "present")}
        more = {name: wanted[name] for name in ("months", "red_months", "titles") if name in wanted}
        aged = "months" in wanted
        yield {
            **check,
            **words,
            "id": check_of(wanted),
            "voice": wanted.get("voice") or ("practice" if wanted["required"] == "optional" else "council"),
            "rule": "newer_than_months" if aged else "count_at_least",
            "params": {"kinds": wanted["kinds"], "at_least": wanted.get("at_least", 1), **more, **({"of": "newest"} if aged else {})},
            "why": wanted["why"],
            "source": wanted["source"],
            "blocking": False,
            **{name: wanted[name] for name in ("to_confirm", "confirm") if name in wanted},
        }


def _unknown(items: Sequence[tuple[Way, Any]], bank: Mapping[str, Any], what: str) -> Iterator[FormProblem]:
    for way, each in items:
        if (isinstance(each, str) or "use" in each) and id_of(each) not in bank:
            yield FormProblem(way, f"{what}_not_shared", id_of(each))


def _without_check(papers: Sequence[tuple[Way, Any]], bank: Mapping[str, Any], there: Collection[str]) -> Iterator[FormProblem]:
    """Papers that leave it to a check to tell of them which the form does not have."""
    for way, each in papers:
        shared = isinstance(each, str) or "use" in each
        whole = each if not shared else _whole(each, bank) if id_of(each) in bank else {}
        if whole.get("check", "") not in ("", *there):
            yield FormProblem(way, "paper_without_check", str(whole["check"]))


def _twice(items: Sequence[tuple[Way, str]], what: str) -> Iterator[FormProblem]:
    seen: set[str] = set()
    for way, name in items:
        if name in seen:
            yield FormProblem(way, f"{what}_twice", name)
        seen.add(name)
