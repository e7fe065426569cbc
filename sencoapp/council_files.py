"""The files of a council as somebody outside wrote them: proved, with file, line and reason, and those that a school added.

A school or a council may add its own folder without another version of the program: it is JSON and nothing else, held against the
same schemas as ours. A folder with a fault in it is left aside and said; every other form stays as it was.
"""

import json
import shutil
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sencoapp import reference
from sencoapp.domain.council_form import Way, problems_of
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.file_reasons import nearest, shortened, told
from sencoapp.json_lines import line_of, read_with_lines

_MOST_BYTES = 1_000_000
_MOST_FORMS = 40


_BANKS = {"question_not_shared": "questions", "check_not_shared": "checks", "paper_not_shared": "evidence"}
"""Where the name that was meant may stand."""


@dataclass(frozen=True)
class FileProblem:
    """One thing that is wrong in a council's file."""

    file: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True)
class AddedCouncils:
    """What lies in the folder of added councils: those that are in use, and what is wrong with the others."""

    folder: Path
    in_use: tuple[str, ...]
    problems: tuple[FileProblem, ...]


def use_added(folder: Path) -> AddedCouncils:
    """Takes the councils in ``folder`` into use, beside or in place of those that come with the program."""
    sound, wrong = {}, []
    for each in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not each.is_dir() or each.name.startswith("."):
            continue
        found = list(problems_in(each))
        wrong += found
        if not found:
            sound[each.name] = each
    reference.use_councils(sound)
    return AddedCouncils(folder, tuple(sound), tuple(wrong))


def add_council(chosen: Path, folder: Path) -> AddedCouncils:
    """Copies the folder of one council, only the files that are read, and takes it into use.

    Raises ``Refusal("council_folder_wrong")`` with the first thing that is wrong; ``Fault("council_folder_not_written")``.
    """
    if not (chosen / "council.json").is_file():
        raise Refusal("council_folder_not_one", folder=chosen.name)
    found = list(problems_in(chosen))
    if found:
        first = found[0]
        place = first.file.relative_to(chosen.parent) if first.file.is_relative_to(chosen.parent) else first.file
        raise Refusal("council_folder_wrong", file=str(place), line=first.line, reason=first.reason, more=len(found) - 1)
    files = [chosen / "council.json", *sorted(chosen.glob("*/form.json"))]
    half = folder / f".{chosen.name}"
    try:
        shutil.rmtree(half, ignore_errors=True)
        for each in files:
            to = half / each.relative_to(chosen)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(each.read_bytes())
        shutil.rmtree(folder / chosen.name, ignore_errors=True)
        half.rename(folder / chosen.name)
    except OSError as error:
        raise Fault("council_folder_not_written", reason=error.strerror) from error
    return use_added(folder)


def remove_council(name: str, folder: Path) -> AddedCouncils:
    """Takes an added council away; requests that were begun on it stay and say that its folder is gone. Raises ``Fault``."""
    if name not in _names_in(folder):  # a name that leads elsewhere would take another folder away
        raise Fault("council_folder_not_written", reason=name)
    try:
        shutil.rmtree(folder / name)
    except OSError as error:
        raise Fault("council_folder_not_written", reason=error.strerror) from error
    return use_added(folder)


def _names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()} if folder.is_dir() else set()


def problems_in(folder: Path) -> Iterator[FileProblem]:
    """Everything that is wrong with one council's folder: its own file, its forms, and what lies there that nothing reads."""
    about = folder / "council.json"
    council, _ = yield from _read(about, "council")
    named = set(council.get("forms", ())) if isinstance(council, dict) else set()
    there = {each.parent.name for each in folder.glob("*/form.json")}
    if isinstance(council, dict) and council.get("id") != folder.name:
        yield FileProblem(about, 1, reference.say("cli.form_other_folder", field="id", name=council.get("id"), wanted=folder.name))
    if len(there) > _MOST_FORMS:
        yield FileProblem(about, 1, reference.say("cli.form_too_large"))
        return
    for name in sorted(named - there):
        yield FileProblem(about, 1, reference.say("cli.form_not_there", name=name))
    for name in sorted(there - named if named else ()):
        yield FileProblem(folder / name / "form.json", 1, reference.say("cli.form_not_named", name=name))
    for name in sorted(there):
        yield from _form_problems(folder / name / "form.json", folder.name)


def _form_problems(file: Path, council: str) -> Iterator[FileProblem]:
    form, lines = yield from _read(file, "council_form")
    if form is None:
        return
    for key, wanted in (("council", council), ("id", file.parent.name)):
        if form[key] != wanted:
            yield FileProblem(
                file, line_of(lines, (key,)), reference.say("cli.form_other_folder", field=key, name=form[key], wanted=wanted)
            )
    for key in ("in_force_from", "in_force_to"):
        if form[key] and not _is_a_day(form[key]):
            yield FileProblem(file, line_of(lines, (key,)), reference.say("cli.form_no_day", field=key, day=form[key]))
    shared = reference.data("councils", "shared.json")
    for each in problems_of(form, shared):
        reason = reference.say(f"cli.form_{each.problem}", name=each.name)
        near = nearest(each.name, shared[_BANKS[each.problem]]) if each.problem in _BANKS else ""
        yield FileProblem(file, line_of(lines, each.way), f"{reason} {reference.say('cli.form_perhaps', near=near)}" if near else reason)


def _is_a_day(words: str) -> bool:
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True


def _read(file: Path, schema: str) -> Generator[FileProblem, None, tuple[Any, Mapping[Way, int]]]:
    """The content of a file that is what its schema says, else None, and its lines; what is wrong is yielded."""
    import jsonschema

    try:
        if file.stat().st_size > _MOST_BYTES:
            yield FileProblem(file, 1, reference.say("cli.form_too_large"))
            return None, {}
        content, lines = read_with_lines(file.read_text("utf-8"))
    except OSError as error:
        yield FileProblem(file, 1, reference.say("cli.form_unreadable", reason=error.strerror))
        return None, {}
    except json.JSONDecodeError as error:
        yield FileProblem(file, error.lineno, reference.say("cli.form_no_json", reason=error.msg))
        return None, {}
    except (ValueError, RecursionError) as error:
        yield FileProblem(file, 1, reference.say("cli.form_not_text_or_twice", reason=shortened(str(error))))
        return None, {}
    validator = jsonschema.Draft202012Validator(reference.data("schemas", f"{schema}.schema.json"))
    wrong = told(validator.iter_errors(content))
    yield from (FileProblem(file, line_of(lines, way), shortened(reason)) for way, reason in wrong)
    return (None if wrong else content), lines
