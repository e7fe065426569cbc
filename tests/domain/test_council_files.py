"""Every council's folder follows its schema, and speaks in the three voices as it should."""

import json
import re
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from sencoapp import reference
from sencoapp.domain.council_form import assembled, check_of, force_on, id_of, problems_of
from sencoapp.domain.readiness import FACTS, RULES, checks_of, readiness
from sencoapp.domain.request_facts import EvidenceFacts, RequestFacts

COUNCILS = reference.councils()
FORMS = [(council, form) for council in COUNCILS for form in reference.council(council)["forms"]]
NEEDS_ASSESSMENT = [each for each in FORMS if each[1] == "ehc_needs_assessment"]
UNKIND = re.compile(r"\b(must|fail\w*|invalid|valid|please|sorry|oops|error|suffer\w*|wheelchair-bound)\b", re.IGNORECASE)


def schema(name):
    found = reference.data("schemas", f"{name}.schema.json")
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


@pytest.mark.parametrize("council", COUNCILS)
def test_a_council_follows_its_schema_and_its_forms_are_there(council):
    about = reference.council(council)
    schema("council").validate(about)
    assert about["id"] == council
    there = {each.parent.name for each in reference.path_of("councils", council).glob("*/form.json")}
    assert set(about["forms"]) == there
    assert about["la_code"] is None or about["la_code"] in reference.data("codes", "la.json")["councils"]


@pytest.mark.parametrize(("council", "name"), FORMS)
def test_a_form_follows_its_schema(council, name):
    form = reference.data("councils", council, name, "form.json")
    schema("council_form").validate(form)
    assert (form["council"], form["id"]) == (council, name)
    assert problems_of(form, reference.data("councils", "shared.json")) == ()
    whole = reference.council_form(council, name)
    assert len({each["id"] for each in whole["checks"]}) == len(whole["checks"])


def test_what_many_forms_ask_is_shared_and_all_of_it_is_asked():
    shared = reference.data("councils", "shared.json")
    own = [reference.data("councils", *each, "form.json") for each in FORMS]
    asked = {id_of(each) for form in own for section in form["sections"] for each in section["questions"]}
    checked = {id_of(each) for form in own for each in form["checks"]}
    assert set(shared["questions"]) <= asked
    usual = {each for kind in shared["usual"].values() for each in kind}
    assert usual <= set(shared["checks"])
    assert set(shared["checks"]) - checked - usual == {"answers_fit"}


def test_no_file_lies_in_a_council_folder_unread():
    kept = {
        each.relative_to(reference.path_of("councils")).as_posix() for each in reference.path_of("councils").rglob("*") if each.is_file()
    }
    forms = {f"{council}/{form}/form.json" for council, form in FORMS}
    assert kept == {"shared.json", "own_form_sources.json"} | {f"{each}/council.json" for each in COUNCILS} | forms


def test_the_schema_names_the_facts_and_rules_that_there_are():
    check = reference.data("schemas", "council_shared.schema.json")["$defs"]["check"]["properties"]
    assert set(check["fact"]["enum"]) == set(FACTS)
    assert set(check["rule"]["enum"]) == set(RULES)


@pytest.mark.parametrize(("council", "name"), FORMS)
def test_nothing_a_form_says_scolds(council, name):
    found = [each for each in texts(reference.council_form(council, name)) if UNKIND.search(each)]
    assert found == []
    assert [each for each in texts(reference.council(council)) if UNKIND.search(each)] == []


@pytest.mark.parametrize(("council", "name"), FORMS)
def test_sentences_are_sentences(council, name):
    form = reference.council_form(council, name)
    sentences = [each[key] for each in form["checks"] for key in ("missing", "present", "why", "empty", "confirm") if key in each]
    sentences += [each["confirm"] for section in form["sections"] for each in [section, *section["questions"]] if "confirm" in each]
    sentences += [*filter(None, [form.get("confirm")]), form["send_to"]["words"], *(each["sentence"] for each in form["law_notes"])]
    assert [each for each in sentences if not re.fullmatch(r"[A-Z{].*\.", each)] == []
    assert [each for each in sentences if re.search(r"\bS[0-9]+\b", each)] == [], "a source is named in words"


@pytest.mark.parametrize(("council", "name"), NEEDS_ASSESSMENT)
def test_the_law_is_the_two_limbs_and_the_four_things_that_block(council, name):
    checks = checks_of(reference.council_form(council, name))
    law = [each for each in checks if each.voice == "law"]
    assert {each.id for each in law if not each.blocking} == {"law_may_have_sen", "law_may_need_plan"}
    assert {each.id for each in checks if each.blocking} == {"pupil_named", "school_named", "requester_named", "files_open"}
    for each in law:
        if not each.blocking:
            assert "s36(8)" in each.why
            assert "not conditions in law" in each.why


def test_the_law_is_the_same_for_every_council():
    forms = [reference.council_form(*each) for each in NEEDS_ASSESSMENT]
    said = {json.dumps([each for each in form["checks"] if each["voice"] == "law"]) for form in forms}
    assert len(said) == len({json.dumps(each["law_notes"]) for each in forms}) == 1


def test_a_form_for_funding_says_nothing_of_the_law_on_assessments():
    for each in set(FORMS) - set(NEEDS_ASSESSMENT):
        form = reference.council_form(*each)
        assert form["kind"] == "funding"
        assert [check["id"] for check in form["checks"] if check["voice"] == "law" and not check["blocking"]] == []
        assert "no part of an assessment" in form["legal_basis"]


@pytest.mark.parametrize(("council", "name"), [each for each in FORMS if each[0] != "generic"])
def test_a_form_says_what_of_it_is_not_known(council, name):
    form = reference.council_form(council, name)
    assert form["to_confirm"]
    assert form["council_version"] is None


def test_nothing_of_leicestershire_is_invented():
    about = reference.council("leicestershire")
    assert about["service"]["phone"] == "0116 305 6600"
    assert about["service"]["email"] == "senaservice@leics.gov.uk"
    assert about["service"]["address"] is None
    assert about["gateway"] is None
    form = reference.council_form("leicestershire", "ehc_needs_assessment")
    assert form["council_version"] is None
    assert {each["id"] for each in form["sections"] if each.get("to_confirm")} == {"cover_sheet", "consent"}


def test_the_superset_form_covers_the_sixteen_groups():
    assert len(reference.council_form("generic", "ehc_needs_assessment")["sections"]) == 16


SHARED = reference.data("councils", "shared.json")


@pytest.mark.parametrize("limit", [{"most_characters": 400}, {"most_items": 2}])
def test_a_question_with_a_limit_brings_the_check_of_it_along(limit):
    form = reference.data("councils", "staffordshire", "ehc_needs_assessment", "form.json")
    assert "answers_fit" not in {each["id"] for each in assembled(form, SHARED)["checks"]}
    limited = {
        **form,
        "sections": [*form["sections"], {"id": "more", "title": "More", "shows": "", "questions": [{"use": "criteria", **limit}]}],
    }
    assert [each["id"] for each in assembled(limited, SHARED)["checks"]].count("answers_fit") == 1
    named = {**limited, "checks": [*form["checks"], "answers_fit"]}
    assert [each["id"] for each in assembled(named, SHARED)["checks"]].count("answers_fit") == 1


@pytest.mark.parametrize(
    ("first", "last", "force"),
    [
        (None, None, "not_known"),
        ("2026-11-24", None, "in_force"),
        ("2026-11-25", None, "not_yet"),
        (None, "2026-11-24", "in_force"),
        (None, "2026-11-23", "ended"),
        ("2026-01-01", "2026-12-31", "in_force"),
    ],
)
def test_a_form_is_in_force_from_its_first_day_to_its_last(first, last, force):
    assert force_on({"in_force_from": first, "in_force_to": last}, date(2026, 11, 24)) == force


def test_a_form_without_dates_says_that_they_are_not_known_and_one_with_dates_does_not():
    form = reference.data("councils", "staffordshire", "ehc_needs_assessment", "form.json")
    (check,) = (each for each in assembled(form, SHARED)["checks"] if each["fact"] == "form_is_current")
    assert "not known" in check["confirm"]
    (check,) = (each for each in assembled({**form, "in_force_from": "2026-01-01"}, SHARED)["checks"] if each["fact"] == "form_is_current")
    assert "confirm" not in check


def test_the_councils_voice_says_only_what_is_known_of_it():
    """What is not known of a council is good practice; where only a part of it is not known, the caveat stands with it."""
    unsure = {
        (council, name, each["id"])
        for council, name in FORMS
        for each in reference.council_form(council, name)["checks"]
        if each["voice"] == "council" and "confirm" in each
    }
    assert unsure == {
        ("nottinghamshire", "additional_family_needs", "current_form"),  # its dates
        ("staffordshire", "ehc_needs_assessment", "consent"),  # who signs
        ("staffordshire", "ehc_needs_assessment", "evidence_of_need"),  # how new
    }
    for council, name in FORMS:
        for each in reference.council_form(council, name)["checks"]:
            others = {other for other in ("Nottinghamshire", "Staffordshire", "Leicestershire", "Bedford") if other.lower() != council}
            named = {other for other in others if f"{other}'s" in each["why"].split("Source")[-1]}
            assert each["voice"] != "council" or not named, f"{council}, {each['id']}: another council's form is no source for it"


@pytest.mark.parametrize(("council", "name"), FORMS)
def test_a_check_carries_what_of_it_is_not_known_to_its_finding(council, name):
    form = reference.council_form(council, name)
    found = {each.check: each.confirm for each in readiness(form, RequestFacts(), date(2026, 11, 24)).findings}
    assert {each["id"]: each["confirm"] for each in form["checks"] if "confirm" in each} == {
        id: words for id, words in found.items() if words
    }
    assert any(found.values())


def test_nothing_of_staffordshire_or_leicester_city_goes_beyond_what_was_found():
    (signs,) = reference.council_form("staffordshire", "ehc_needs_assessment")["signatures"]
    assert "hand" not in signs["words"]
    assert "was not found" in signs["confirm"]
    questions = [
        each for part in reference.council_form("leicester_city", "ehc_needs_assessment")["sections"] for each in part["questions"]
    ]
    (beyond,) = (each for each in questions if each["id"] == "beyond_ordinary")
    assert "handbook" not in beyond["hint"]
    assert "not found" in beyond["confirm"]


@pytest.mark.parametrize(("council", "name"), FORMS)
def test_every_form_says_which_papers_go_with_it_and_readiness_tells_of_each(council, name):
    form = reference.council_form(council, name)
    assert len(form["evidence"]) >= 5
    checks = {each["id"]: each for each in form["checks"]}
    for each in form["evidence"]:
        assert check_of(each) in checks
        assert each["source"]
        if each.get("voice") == "council":
            assert council.replace("_", " ").split()[0] in each["why"].lower(), "what a council wants is told from its own paper"
    assert all(each["months"] in (12, 18) for each in form["evidence"] if "months" in each), "only ages that a source gives"


def test_the_form_for_any_council_has_the_twelve_appendices_in_good_practices_voice():
    form = reference.council_form("generic", "ehc_needs_assessment")
    assert sorted(each["letter"] for each in form["evidence"] if "letter" in each) == list("ABCDEFGHIJKL")
    assert {each["voice"] for each in form["evidence"]} == {"practice"}
    assert {each["voice"] for each in form["checks"] if each["id"].startswith("evidence_")} == {"practice"}
    asked = {each["id"] for section in form["sections"] for each in section["questions"]}
    assert {"religion", "nhs_number"} <= asked


def test_a_paper_is_known_by_its_kind_and_by_a_word_of_its_title():
    form = reference.council_form("generic", "ehc_needs_assessment")

    def told(label):
        facts = RequestFacts(evidence=(EvidenceFacts(label, "other"),))
        return {each.check: each.state for each in readiness(form, facts, date(2026, 11, 24)).findings}

    assert told("Rohan's timetable")["evidence_timetable"] == "present"
    assert told("Timetables of the year")["evidence_timetable"] == "present"
    assert told("A letter")["evidence_timetable"] == "missing"
    assert told("PEP, autumn")["evidence_early_help"] == "present"
    assert told("Pepper's drawing")["evidence_early_help"] == "missing", "a word, and not the beginning of another"


def test_a_paper_that_leaves_it_to_a_check_needs_that_check():
    form = reference.data("councils", "staffordshire", "ehc_needs_assessment", "form.json")
    without = {**form, "checks": [each for each in form["checks"] if id_of(each) != "attendance"]}
    assert [(each.problem, each.name) for each in problems_of(without, SHARED)] == [("paper_without_check", "attendance")]
    unknown = {**form, "evidence": [*form["evidence"], "wrok"]}
    assert [each.problem for each in problems_of(unknown, SHARED)] == ["paper_not_shared"]
