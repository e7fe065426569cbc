"""What is wrong in a council's file is told on its own line, in our words, with the name that was meant."""

import json
import shutil
from pathlib import Path

import pytest

from sencoapp import council_files, reference

SEEN = "ehc_needs_assessment"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    made = shutil.copytree(reference.path_of("councils", "staffordshire"), tmp_path / "staffordshire")
    return made / SEEN / "form.json"


def problems(form: Path, before: str, after: str) -> list[council_files.FileProblem]:
    """What is told once a text of the file is another one."""
    words = form.read_text("utf-8")
    assert before in words
    form.write_text(words.replace(before, after, 1), "utf-8")
    return list(council_files.problems_in(form.parent.parent))


def line(form: Path, words: str) -> int:
    return next(number for number, each in enumerate(form.read_text("utf-8").splitlines(), 1) if words in each)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"sections":', '"sectoins":', "nothing reads the name “sectoins”. Perhaps “sections” is meant."),
        ('"questions":', '"qeustions":', "nothing reads the name “qeustions”. Perhaps “questions” is meant."),
        ('"hint": "Two', '"most_charcters": 9, "hint": "Two', "Perhaps “most_characters” is meant."),
        (
            '"required": "mandatory"',
            '"required": "mandatroy"',
            "“mandatroy” is not one of what may stand here. Perhaps “mandatory” is meant.",
        ),
        ('"by_hand": true', '"by_hand": "yes"', "true or false is wanted here, and it says “yes”."),
        ('"version": "2026-11"', '"version": "November"', "“November” is not written as it should be"),
        ('"title": "Part 2: checklist of evidence"', '"title": ""', "something is wanted here, and it is empty."),
        ('"kinds": ["report", "assessment"]', '"kinds": ["report", "report"]', "something stands twice."),
        ('"kinds": ["report", "assessment"]', '"kinds": "report"', "a list is wanted here, and it says “report”."),
        ('"attendance"]', '"atendance"]', "Perhaps “attendance” is meant."),
        ('"use": "evidence_of_need"', '"use": "evidence_of_needs"', "Perhaps “evidence_of_need” is meant."),
    ],
)
def test_a_fault_is_told_once_on_its_line_with_what_was_meant(form, before, after, reason):
    found = problems(form, before, after)
    assert len(found) == 1, [str(each) for each in found]
    assert reason in found[0].reason
    assert found[0].line == line(form, after.splitlines()[0])


def test_what_is_missing_is_told_where_it_should_stand(form):
    (found,) = problems(form, '      "words": "A report or an assessment as evidence of need",\n', "")
    assert found.reason == "evidence › 2: “words” is missing."
    assert found.line == line(form, '"id": "of_need"') - 1


def test_a_caveat_without_its_words_is_told(form):
    whole = json.loads(form.read_text("utf-8"))["confirm"]
    (found,) = problems(form, f'  "confirm": "{whole}",\n', "")
    assert found.reason == "the file: “confirm” is missing."


def test_a_name_like_nothing_gets_the_names_that_may_stand_there(form):
    (found,) = problems(form, '"hint": "Two', '"xyz": 1, "hint": "Two')
    assert "The names that may stand here: use, label, hint, source" in found.reason


def test_every_sentence_is_ours(form):
    words = json.loads(form.read_text("utf-8"))
    words |= {"sections": [], "kind": 3, "checks": [{}], "send_to": None, "in_force_from": 7}
    form.write_text(json.dumps(words, indent=1), "utf-8")
    reasons = " ".join(each.reason for each in council_files.problems_in(form.parent.parent))
    assert not any(
        each in reasons for each in ("is not of type", "is a required property", "unexpected", "schema", "None", "does not match")
    )
