"""A council's folder that a school adds without another version of the program: proved, used, and no harm to the others."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sencoapp import council_files, reference
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services import council_forms, requests
from tests.places import add_pupil, new_place


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where added councils lie; afterwards there are only ours again."""
    yield tmp_path / "councils"
    reference.use_councils({})


def a_council(at: Path, name: str = "rutland", /, **about: object) -> Path:
    """The folder of a council that does not come with the program."""
    made = shutil.copytree(reference.path_of("councils", "staffordshire"), at / name)
    for file, wanted in (
        (made / "council.json", {"id": name, "name": "Rutland County Council", "la_code": "857", **about}),
        (made / "ehc_needs_assessment" / "form.json", {"council": name}),
    ):
        file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **wanted}, indent=2), "utf-8")
    return made


def test_an_added_council_is_offered_and_its_form_is_the_one_of_a_pupil_who_lives_there(tmp_path, folder):
    found = council_files.add_council(a_council(tmp_path / "stick"), folder)
    assert (found.in_use, found.problems) == (("rutland",), ())
    assert "rutland" in {each.council for each in council_forms.forms_offered("leicestershire")}
    shown = council_forms.councils_shown()[0]
    assert (shown.name, shown.added, shown.forms[0].version) == ("Rutland County Council", True, "2026-11")
    assert shown.confirm
    assert shown.forms[0].confirm
    place = new_place(tmp_path / "profile")
    try:
        council_files.use_added(folder)
        pupil = add_pupil(place, home_authority="857")
        request, _ = requests.start_request(place.session, pupil.id)
        assert request.council == "rutland"
        council_files.remove_council("rutland", folder)
        page = requests.request_page(place.session, request.id)
        assert page.council["name"] == "Rutland"
        assert "no longer on this computer" in page.council["confirm"]
        assert "no longer on this computer" in page.form["confirm"]
        pack, _ = requests.freeze(place.session, place.documents, request.id)
        assert pack.pages > 1, "what was written can still be read and printed"
    finally:
        place.close()


def test_a_wrong_field_names_file_line_and_reason_and_harms_no_other_form(tmp_path, folder):
    good = a_council(folder, "rutland")
    wrong = a_council(folder, "lincolnshire", name="Lincolnshire County Council", la_code="925")
    form = wrong / "ehc_needs_assessment" / "form.json"
    form.write_text(form.read_text("utf-8").replace('"questions"', '"qeustions"', 1), "utf-8")
    found = council_files.use_added(folder)
    assert found.in_use == ("rutland",)
    line = next(number for number, words in enumerate(form.read_text("utf-8").splitlines(), 1) if "qeustions" in words)
    assert any(each.file == form and abs(each.line - line) <= 5 and "qeustions" in each.reason for each in found.problems)
    assert "lincolnshire" not in reference.councils()
    assert {"rutland", "leicestershire", "staffordshire"} <= set(reference.councils())
    assert good.is_dir()


def test_a_wrong_folder_is_refused_whole_and_what_is_there_stays(tmp_path, folder):
    council_files.add_council(a_council(tmp_path / "stick"), folder)
    worse = a_council(tmp_path / "other")
    (worse / "council.json").write_text("{", "utf-8")
    with pytest.raises(Refusal, match="council_folder_wrong") as refused:
        council_files.add_council(worse, folder)
    assert refused.value.details["line"] == 1
    assert "council.json" in reference.explain(refused.value)
    assert reference.council("rutland")["name"] == "Rutland County Council"
    with pytest.raises(Refusal, match="council_folder_not_one"):
        council_files.add_council(tmp_path, folder)


def test_only_the_files_that_are_read_are_copied(tmp_path, folder):
    stick = a_council(tmp_path / "stick")
    (stick / "run.exe").write_bytes(b"MZ")
    (stick / "ehc_needs_assessment" / "notes.docx").write_bytes(b"PK")
    council_files.add_council(stick, folder)
    there = sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())
    assert [each.replace("\\", "/") for each in there] == ["rutland/council.json", "rutland/ehc_needs_assessment/form.json"]


def test_a_newer_version_of_one_of_ours_takes_its_place_until_it_is_taken_away(tmp_path, folder):
    newer = shutil.copytree(reference.path_of("councils", "staffordshire"), tmp_path / "stick" / "staffordshire")
    form = newer / "ehc_needs_assessment" / "form.json"
    form.write_text(form.read_text("utf-8").replace('"version": "2026-11"', '"version": "2027-02"', 1), "utf-8")
    council_files.add_council(newer, folder)
    assert reference.council_form("staffordshire", "ehc_needs_assessment")["version"] == "2027-02"
    assert reference.councils().count("staffordshire") == 1
    council_files.remove_council("staffordshire", folder)
    assert reference.council_form("staffordshire", "ehc_needs_assessment")["version"] == "2026-11"


MANY_KEYS = json.dumps(dict.fromkeys(map(str, range(80_000)), 1)).encode()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[" * 100_000, b'{"a": 1', b" " * 1_100_000, b"[]", b'{"id": 3}', b'{"a": 1, "a": 2}', MANY_KEYS],
    ids=["empty", "no text", "deep", "cut short", "large", "list", "number", "twice", "many keys"],
)
def test_anything_in_a_file_gives_sentences_and_no_crash(tmp_path, folder, content):
    made = a_council(folder)
    (made / "ehc_needs_assessment" / "form.json").write_bytes(content)
    problems = council_files.use_added(folder).problems
    assert problems
    assert max(len(each.reason) for each in problems) < 500
    (made / "council.json").write_bytes(content)
    assert council_files.use_added(folder).in_use == ()


def test_a_day_that_is_none_is_no_day_of_force(folder):
    made = a_council(folder)
    form = made / "ehc_needs_assessment" / "form.json"
    form.write_text(form.read_text("utf-8").replace('"in_force_to": null', '"in_force_to": "2026-02-30"', 1), "utf-8")
    found = council_files.use_added(folder)
    assert found.in_use == ()
    assert "2026-02-30" in found.problems[0].reason


def test_only_a_folder_of_added_councils_is_taken_away(tmp_path, folder):
    beside = tmp_path / "letters"
    beside.mkdir()
    folder.mkdir(exist_ok=True)
    for name in ("../letters", str(beside), "", "."):
        with pytest.raises(Fault, match="council_folder_not_written"):
            council_files.remove_council(name, folder)
    assert beside.is_dir()
    assert folder.is_dir()


def with_dates(folder: Path, name: str = "rutland", **dates: str) -> Path:
    """A council that was added, whose form has dates in force."""
    made = a_council(folder, name, name=name.capitalize(), la_code="857")
    form = made / "ehc_needs_assessment" / "form.json"
    form.write_text(json.dumps({**json.loads(form.read_text("utf-8")), **dates}, indent=2), "utf-8")
    return made


def test_a_form_is_begun_and_offered_only_while_it_is_in_force(tmp_path, folder):
    with_dates(folder, "future", in_force_from="2030-01-01")
    with_dates(folder, "over", in_force_to="2020-01-01")
    with_dates(folder, "present", in_force_from="2026-01-01")
    place = new_place(tmp_path / "profile")
    try:
        assert len(council_files.use_added(folder).in_use) == 3
        pupil, today = add_pupil(place), place.session.clock.today()
        offered = {each.council for each in council_forms.forms_offered("leicestershire", today)}
        assert {"future", "over"} & offered == set()
        assert {"present", "staffordshire", "leicestershire"} <= offered, "dates that are not known stand in nobody's way"
        with pytest.raises(Refusal, match="form_not_in_force_yet") as early:
            requests.start_request(place.session, pupil.id, council="future")
        assert "from 1 January 2030 only" in reference.explain(early.value)
        with pytest.raises(Refusal, match="form_no_longer_in_force") as late:
            requests.start_request(place.session, pupil.id, council="over")
        assert "until 1 January 2020" in reference.explain(late.value)
        request, _ = requests.start_request(place.session, pupil.id, council="present")
        assert current(place, request).state == "present"
        with_dates(tmp_path / "newer", "present", in_force_from="2026-01-01", in_force_to="2026-11-01", version="2026-12")
        council_files.add_council(tmp_path / "newer" / "present", folder)
        assert "begun on version 2026-11, and the newest here is 2026-12; this version was in force until 1 November 2026" in said(
            place, request
        )
        council_files.remove_council("present", folder)
        assert "its folder is no longer on this computer" in said(place, request)
    finally:
        place.close()


def current(place, request):
    return next(each for each in requests.check_readiness(place.session, request).findings if each.check == "current_form")


def said(place, request):
    found = current(place, request)
    assert found.state == "missing"
    return found.sentence
