"""``sencoapp councils check``: each thing that can be wrong in a council's file is named with its file and line."""

import json
import shutil

import pytest

from sencoapp import reference
from sencoapp.cli import main
from sencoapp.json_lines import line_of, read_with_lines

FORM = "ehc_needs_assessment/form.json"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(reference.path_of("councils", "staffordshire"), tmp_path / "staffordshire")


def change(file, *pairs):
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")
    return next(number for number, line in enumerate(text.splitlines(), 1) if pairs[-1][1].splitlines()[0] in line)


def test_the_shipped_files_are_sound(capsys):
    assert main(["councils", "check"]) == 0
    forms = sum(len(reference.council(each)["forms"]) for each in reference.councils())
    assert f"{len(reference.councils())} councils and {forms} forms are sound." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('["language_communication"', '["langauge_communication"', "No shared question is called “langauge_communication”"),
        ('"required": "mandatory"', '"required": "compulsory"', "“compulsory” is not one of"),
        ('"hint": "Two termly plans', '"hintt": "Two termly plans', "“hintt”. Perhaps “hint” is meant."),
        ('"current_form"', '"law_may_have_sen"', "is the law's and comes by itself"),
        ('"parents_told"', '"advice_used"', "The check “advice_used” stands twice"),
        ('"questions": ["why_an_assessment", ', '"questions": [', "A request for an assessment asks “why_an_assessment”"),
        ('"council": "staffordshire"', '"council": "stafordshire"', "the folder says “staffordshire”"),
        ('"sections": [', '"sections": [,', "This is not JSON"),
        ('"version": "2026-11"', '"version": "2026-11", "version": "2026-12"', "a name stands twice"),
    ],
)  # fmt: skip
def test_a_wrong_file_says_file_line_and_reason(folder, capsys, old, new, reason):
    line = change(folder / FORM, (old, new))
    assert main(["councils", "check", str(folder)]) == 1
    said = capsys.readouterr().out
    assert reason in said
    named = [int(each.split(":")[1]) for each in said.splitlines() if each.startswith(str(folder / FORM))]
    assert named
    assert all(abs(each - line) <= 2 for each in named) or reason.startswith(("a name", "A request", "The check “advice_used”"))


def test_a_form_without_a_folder_and_a_folder_without_a_name_are_told(folder, capsys):
    change(folder / "council.json", ('"forms": ["ehc_needs_assessment"]', '"forms": ["funding"]'))
    assert main(["councils", "check", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "“funding”, and there is no folder" in said
    assert "does not name the form “ehc_needs_assessment”" in said


def test_the_line_of_every_value_is_where_its_text_begins():
    for council in reference.councils():
        for form in reference.council(council)["forms"]:
            text = reference.path_of("councils", council, form, "form.json").read_text("utf-8")
            content, lines = read_with_lines(text)
            rows = text.splitlines()
            for number, section in enumerate(content["sections"]):
                line = line_of(lines, ("sections", number, "id"))
                assert f'"id": {json.dumps(section["id"])}' in rows[line - 1]
                for place, each in enumerate(section["questions"]):
                    name = each if isinstance(each, str) else each.get("use") or each["id"]
                    assert name in " ".join(rows[line_of(lines, ("sections", number, "questions", place)) - 1 :][:2])


def test_two_forms_are_compared_for_a_pupil(shell, samples):
    shell.json("import", samples / "derived/8552001_CTF_8554003_001.xml")
    ours, theirs = shell.json("councils", "compare", "Zoe", "leicestershire", "staffordshire")
    assert (ours["council"], theirs["council"]) == ("Leicestershire County Council", "Staffordshire County Council")
    assert "Evidence of need" in theirs["open"]
    assert "Evidence of need" not in ours["open"]
    assert shell.run("councils", "compare", "Zoe", "leicestershire", "staffordshire") == 0
    assert "Staffordshire County Council, Request for an EHC needs assessment by a school: " in shell.out


def test_cases_are_listed_and_put_in_a_calendar(shell, samples, tmp_path):
    shell.json("import", samples / "derived/8552001_CTF_8554003_001.xml")
    assert shell.json("cases", "list") == []
    assert shell.run("cases", "calendar", "--out", tmp_path / "due.ics") != 0
    assert not (tmp_path / "due.ics").exists()


def test_the_names_that_a_form_may_use_are_printed_with_their_words(capsys):
    assert main(["councils", "questions"]) == 0
    said = capsys.readouterr().out
    assert "  what_works: What works for this pupil" in said
    assert "  cycles: " in said
