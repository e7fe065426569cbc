import json

import pytest
from jsonschema import Draft202012Validator

from sencoapp import reference
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import field_names
from sencoapp.exchange import meanings


@pytest.mark.parametrize(
    ("schema", "parts"),
    [
        ("codes.schema.json", ("codes", "cbds.json")),
        ("la.schema.json", ("codes", "la.json")),
        ("headings.schema.json", ("exchange", "headings.json")),
    ],
)
def test_the_data_file_keeps_to_its_schema(schema, parts):
    rules = json.loads(reference.path_of("schemas", schema).read_text("utf-8"))
    Draft202012Validator.check_schema(rules)
    assert [each.message for each in Draft202012Validator(rules).iter_errors(reference.data(*parts))] == []


def test_every_sen_type_has_an_area_but_other_and_not_assessed():
    assert set(reference.codes("SENtype")) - set(reference.codes("SENtype_area")) == {"OTH", "NSA"}
    assert set(reference.codes("SENtype_area").values()) == {"ci", "cl", "semh", "sp"}


def test_no_heading_means_two_things():
    told = {(meanings.bare(heading), name) for name, column in meanings.columns().items() for heading in column["headings"]}
    headings = [heading for heading, _ in told]
    assert sorted(set(headings)) == sorted(headings)


def test_every_column_fills_a_field_that_a_pupil_has_and_has_words_for_people():
    for name, column in meanings.columns().items():
        assert reference.say(f"exchange.column_{name}")
        if "pupil_field" in column:
            assert column["pupil_field"] in field_names(Pupil)
        if "codes" in column:
            assert reference.codes(column["codes"])


def test_every_alias_leads_to_a_code_that_there_is_and_none_to_two():
    values = reference.data("exchange", "headings.json")["values"]
    for name, codes in values.items():
        if isinstance(codes, dict):
            aliases = [bare for several in codes.values() for bare in {meanings.bare(alias) for alias in several}]
            assert len(aliases) == len(set(aliases)), name
            if name != "sex":
                known = reference.codes("NCyearActual" if name == "ncYearActual" else name)
                assert set(codes) <= set(known)


@pytest.mark.parametrize("code", ["SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "DS", "OTH", "NSA"])
def test_a_need_is_known_by_code_and_by_label(code):
    assert meanings.needs(code) == meanings.needs(code.lower()) == [code]
    assert meanings.needs(reference.codes("SENtype")[code]) == [code]


def test_needs_are_matched_whole_and_never_in_part():
    assert meanings.needs("behind in reading") == []
    assert meanings.needs("SLCN; SEMH") == ["SLCN", "SEMH"]
    assert meanings.needs("Speech, Language and Communication Needs; Autism") == ["SLCN", "ASD"]
    assert meanings.needs("SLCN; something") == []


@pytest.mark.parametrize(
    ("text", "year"),
    [("9", "9"), ("Year 4", "4"), ("Year  9", "9"), ("Yr 10", "10"), ("Y7", "7"), ("Reception", "R"), ("N1", "N1"), ("Year R", "R")],
)
def test_year_groups(text, year):
    assert meanings.year(text) == year


@pytest.mark.parametrize("text", ["99", "Year fifteen", "15", "Nine"])
def test_what_is_no_year_group(text):
    assert meanings.year(text) is None
