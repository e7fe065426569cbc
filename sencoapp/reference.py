"""Reads the data files under ``resources/``: wording, code sets, council forms, rules, fonts and icons.

Files are read when first asked for and kept. Nothing else in the house opens them.
"""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sencoapp.domain.refusals import PlainMessage

if TYPE_CHECKING:  # it knows every kind of thing, and the first screen shows none
    from sencoapp.domain.exactly import ExactForm
    from sencoapp.domain.measures import Measures
    from sencoapp.domain.permissions import Permissions
    from sencoapp.domain.plan_template import PlanTemplate
    from sencoapp.domain.specificity import WordingRules

ROOT = Path(__file__).resolve().parent.parent / "resources"


def path_of(*parts: str) -> Path:
    """Where a resource lies, for libraries that want a file (fonts, icons)."""
    return ROOT.joinpath(*parts)


@cache
def data(*parts: str) -> Any:
    """The content of a JSON resource, such as ``data("rules", "england.json")``. Treat it as read-only."""
    return json.loads(path_of(*parts).read_text("utf-8"))


@cache
def _wording(room: str) -> dict[str, str]:
    with path_of("wording", f"{room}.toml").open("rb") as file:
        return {key: str(value) for key, value in tomllib.load(file).items()}


def say(key: str, **details: object) -> str:
    """The words for ``room.key`` from ``resources/wording/room.toml``, with ``{name}`` places filled in."""
    room, _, name = key.partition(".")
    words = _wording(room)[name]
    return words.format(**details) if details else words


def explain(message: PlainMessage) -> str:
    """The sentence a person reads for a refusal or a fault."""
    return say(f"refusals.{message.key}", **message.details)


@cache
def codes(name: str) -> dict[str, str]:
    """A code set by its name, such as ``SENtype``: code to label."""
    return dict(data("codes", "cbds.json")[name]["values"])


_added: Mapping[str, Path] = {}
"""Councils whose folder a school added, by name: they stand beside ours, or in place of one of them."""


def use_councils(folders: Mapping[str, Path]) -> None:
    """From now on these folders count as councils too. They were proved before (``council_files``)."""
    global _added
    _added = dict(folders)  # at once: another thread may be reading
    for each in (councils, council, council_form):
        each.cache_clear()


def added_councils() -> tuple[str, ...]:
    """The councils whose folder was added."""
    return tuple(sorted(_added))


@cache
def councils() -> tuple[str, ...]:
    """The councils that have a folder, by its name."""
    return tuple(sorted({*_added, *(each.name for each in path_of("councils").iterdir() if each.is_dir())}))


@cache
def council(name: str) -> dict[str, Any]:
    """A council: its name, its address, its forms. Treat it as read-only.

    One whose folder is no longer there says so, so that its requests can be read.
    """
    if name in councils():
        return dict(_of_council(name, "council.json"))
    words = " ".join(name.replace("_", " ").split()).capitalize()
    gone: dict[str, Any] = {"id": name, "name": words, "la_code": None, "service": None, "gateway": None, "forms": [], "source": ""}
    return {**gone, "to_confirm": True, "confirm": say("council_files.gone", council=words)}


@cache
def council_form(name: str, form: str) -> dict[str, Any]:
    """One form of a council, whole: its own file and what the forms share. Treat it as read-only.

    Where its folder is no longer there, the form for any council stands in for it and says so.
    """
    from sencoapp.domain.council_form import assembled

    shared = data("councils", "shared.json")
    if form in council(name)["forms"]:
        return assembled(_of_council(name, form, "form.json"), shared)
    instead = data("councils", "generic", "ehc_needs_assessment", "form.json")
    gone = say("council_files.form_gone", council=council(name)["name"])
    return assembled({**instead, "id": form, "council": name, "to_confirm": True, "confirm": gone}, shared)


def _of_council(name: str, *parts: str) -> Any:
    if name in _added:
        return json.loads(_added[name].joinpath(*parts).read_text("utf-8"))
    return data("councils", name, *parts)


@cache
def case_kinds() -> tuple[str, ...]:
    """The kinds of case with the council, by the name of their file."""
    return tuple(sorted(each.stem for each in path_of("cases").glob("*.json")))


def case_kind(name: str) -> dict[str, Any]:
    """A kind of case: its events, steps and outcomes. Treat it as read-only."""
    return dict(data("cases", f"{name}.json"))


@cache
def question_sets() -> tuple[dict[str, Any], ...]:
    """The sets of questions to staff, in their order. Treat them as read-only."""
    return tuple(sorted((data("questions", each.name) for each in path_of("questions").glob("*.json")), key=lambda each: each["order"]))


@cache
def permissions() -> "Permissions":
    """The one table of who may see and do what."""
    from sencoapp.domain.permissions import permissions_from

    return permissions_from(data("rules", "permissions.json"))


@cache
def wording_rules() -> "WordingRules":
    """The words that leave a plan open, and how quantities are written."""
    from sencoapp.domain.specificity import WordingRules

    return WordingRules(data("rules", "specificity.json"))


@cache
def exact_form() -> "ExactForm":
    """The structured form that makes a specific sentence."""
    from sencoapp.domain.exactly import ExactForm

    return ExactForm(wording_rules(), data("rules", "specificity.json")["sentence"])


@cache
def banks() -> tuple[dict[str, Any], ...]:
    """The outcomes and strategies that are shipped, one bank for each area of need."""
    return tuple(data("banks", each.name) for each in sorted(path_of("banks").glob("*.json")))


@cache
def plan_templates() -> "dict[str, PlanTemplate]":
    """Every kind of plan by the name of its file, in the order in which they are offered."""
    from sencoapp.domain.plan_template import read_template

    found = [read_template(each.stem, data("plans", each.name)) for each in path_of("plans").glob("*.json")]
    return {each.id: each for each in sorted(found, key=lambda each: each.order)}


@cache
def name_rules() -> dict[str, Any]:
    """The pronouns and the words by which what is said of one pupil is said of another (``domain.renaming``)."""
    rules: dict[str, Any] = data("rules", "names.json")
    return rules


@cache
def measures() -> "Measures":
    """The units that an outcome can be measured in."""
    from sencoapp.domain.measures import Measures

    return Measures(data("rules", "measures.json"))
