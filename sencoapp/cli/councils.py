"""Councils and their forms from the command line: proves the files, and compares two councils' forms for one pupil."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sencoapp import reference
from sencoapp.cli.door import open_record, tell, which_pupil
from sencoapp.cli.json_lines import line_of, read_with_lines
from sencoapp.domain.council_form import Way, problems_of
from sencoapp.services.council_forms import NEEDS_ASSESSMENT, compare_forms

WRONG = 1


@dataclass(frozen=True)
class FileProblem:
    """One thing that is wrong in a council's file."""

    file: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


def check(chosen: argparse.Namespace) -> int:
    """Proves the files of one council's folder, or of all that are shipped. Exit status 1 where something is wrong."""
    folders = [chosen.folder] if chosen.folder else [reference.path_of("councils", each) for each in reference.councils()]
    wrong = [problem for folder in folders for problem in problems_in(folder)]
    for problem in wrong:
        print(problem)
    forms = sum(1 for folder in folders for _ in folder.glob("*/form.json"))
    print(
        reference.say("cli.councils_checked" if not wrong else "cli.councils_wrong", councils=len(folders), forms=forms, count=len(wrong))
    )
    return WRONG if wrong else 0


def compare(chosen: argparse.Namespace) -> None:
    """What two councils' forms still ask about one pupil."""
    with open_record(chosen) as place:
        pupil = which_pupil(place, chosen.pupil)
        sides = compare_forms(place.session, pupil, [(each, NEEDS_ASSESSMENT) for each in chosen.council])
    plain = [{"council": each.council, "form": each.title, "open": [one.label for one in each.still]} for each in sides]
    lines = []
    for each in sides:
        lines.append(reference.say("cli.compared", council=each.council, form=each.title, count=len(each.still)))
        lines += [reference.say("cli.compared_row", section=one.section, label=one.label) for one in each.still]
    tell(chosen, plain, lines)


def problems_in(folder: Path) -> Iterator[FileProblem]:
    """Everything that is wrong with one council's folder: its own file, its forms, and what lies there that nothing reads."""
    about = folder / "council.json"
    council = yield from _read(about, "council")
    named = set(council.get("forms", ())) if isinstance(council, dict) else set()
    there = {each.parent.name for each in folder.glob("*/form.json")}
    for name in sorted(named - there):
        yield FileProblem(about, 1, reference.say("cli.form_not_there", name=name))
    for name in sorted(there - named if named else ()):
        yield FileProblem(folder / name / "form.json", 1, reference.say("cli.form_not_named", name=name))
    for name in sorted(there):
        yield from _form_problems(folder / name / "form.json", folder.name)


def _form_problems(file: Path, council: str) -> Iterator[FileProblem]:
    form = yield from _read(file, "council_form")
    if form is None:
        return
    lines = _lines(file)
    for key, wanted in (("council", council), ("id", file.parent.name)):
        if form[key] != wanted:
            yield FileProblem(
                file, line_of(lines, (key,)), reference.say("cli.form_other_folder", field=key, name=form[key], wanted=wanted)
            )
    for each in problems_of(form, reference.data("councils", "shared.json")):
        yield FileProblem(file, line_of(lines, each.way), reference.say(f"cli.form_{each.problem}", name=each.name))


def _read(file: Path, schema: str) -> Iterator[FileProblem] | Any:
    """The content of a file that is what its schema says, else None; what is wrong is yielded."""
    import jsonschema

    try:
        content, lines = read_with_lines(file.read_text("utf-8"))
    except OSError as error:
        yield FileProblem(file, 1, reference.say("cli.form_unreadable", reason=error.strerror))
        return None
    except json.JSONDecodeError as error:
        yield FileProblem(file, error.lineno, reference.say("cli.form_no_json", reason=error.msg))
        return None
    except ValueError as error:
        yield FileProblem(file, 1, reference.say("cli.form_not_text_or_twice", reason=error))
        return None
    validator = jsonschema.Draft202012Validator(reference.data("schemas", f"{schema}.schema.json"))
    wrong = sorted(validator.iter_errors(content), key=lambda each: list(map(str, each.absolute_path)))
    for each in wrong:
        way: Way = tuple(each.absolute_path)
        yield FileProblem(file, line_of(lines, way), reference.say("cli.form_schema", where=_where(way), reason=each.message))
    return None if wrong else content


def _lines(file: Path) -> Any:
    return read_with_lines(file.read_text("utf-8"))[1]


def _where(way: Way) -> str:
    return " › ".join(str(each + 1) if isinstance(each, int) else each for each in way) or reference.say("cli.form_whole_file")
