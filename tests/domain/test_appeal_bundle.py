"""Which paper goes into which section of a bundle, and what there is to look at."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.domain.appeal_bundle import (
    WRITTEN,
    BundlePaper,
    arrange,
    checks,
    direction_for,
    kind_of_appeal,
    section_by_title,
    written_goes_in,
)
from sencoapp.domain.casework import Document

DATA = reference.data("packs", "bundles.json")
TODAY = date(2026, 11, 25)
DIRECTION = direction_for(DATA, TODAY)
FOUR = ["core", "plan", "working", "evidence"]


def paper(id: str, title: str = "Report", day: date | None = date(2026, 3, 1), **values: object) -> Document:
    made = Document(
        id, "p", title, "report", f"{id}.pdf", "application/pdf", 9, f"sha-{id}", f"blob-{id}", datetime(2026, 5, 1, tzinfo=UTC),
        pages=2, document_on=day,
    )  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


def choice(of: str, **values: object) -> BundlePaper:
    return BundlePaper(f"c-{of}", "p", "case", of, **values)  # type: ignore[arg-type]


def test_the_direction_is_the_last_that_has_begun():
    later = {**DIRECTION, "id": "later", "from": "2030-01-01"}
    both = {"directions": [later, DIRECTION]}
    assert direction_for(both, TODAY)["id"] == DIRECTION["id"]
    assert direction_for(both, date(2030, 1, 1))["id"] == "later"


def test_each_kind_of_appeal_has_sections_that_there_are_and_takes_everything():
    sections = [each["id"] for each in DIRECTION["sections"]]
    for kind in DIRECTION["kinds"]:
        assert set(kind["limits"]) <= set(sections)
        assert {"core", "evidence"} <= set(kind["limits"])
        assert all(each.get("pages_most", 10**6) > each["pages"] for each in kind["limits"].values())
    assert sections[-1] == "evidence"


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("Decision letter of 3 March", "core"),
        ("Decision letter about the EHC plan", "core"),
        ("Certificate of mediation", "core"),
        ("SEND35a as sent", "core"),
        ("Final plan 2026", "plan"),
        ("Working document, EHC plan, version 3", "working"),
        ("Speech and language report", "evidence"),
        ("Planning meeting", "evidence"),
    ],
)
def test_a_title_says_where_a_paper_belongs(title, section):
    assert section_by_title(DIRECTION, FOUR, title) == section


def test_a_section_that_this_kind_of_appeal_does_not_have_takes_nothing():
    assert section_by_title(DIRECTION, ["core", "evidence"], "Final plan 2026") == "evidence"
    made = arrange(DIRECTION, "refusal_to_assess", [paper("a", "Draft plan")], (), [choice("a", section="plan")])
    assert [(each.id, each.letter) for each in made.sections] == [("core", "A"), ("evidence", "B")]
    assert [each.id for each in made.sections[1].papers] == ["a"]


def test_papers_stand_in_the_order_of_their_dates_and_one_without_a_date_by_the_day_it_came():
    papers = [paper("late", day=date(2026, 9, 1)), paper("none", day=None), paper("early", day=date(2024, 1, 1))]
    made = arrange(DIRECTION, None, papers, (), ())
    assert [each.id for each in made.papers] == ["early", "none", "late"]


def test_what_stays_out_says_why_and_a_persons_choice_stands_above_it():
    papers = [
        paper("secret", confidential=True),
        paper("consent", kind="consent"),
        paper("aside", for_requests=False),
        paper("of_case", for_requests=False),
        paper("twin", sha256="sha-of_case", day=date(2026, 6, 1)),
        paper("not_wanted"),
    ]
    made = arrange(DIRECTION, None, papers, ["of_case"], [choice("not_wanted", goes_in=False)])
    assert [each.id for each in made.papers] == ["of_case"]
    assert {each.id: why for each, why in made.out} == {
        "secret": "confidential",
        "consent": "kind",
        "aside": "not_for_requests",
        "twin": "twice",
        "not_wanted": "left_out",
    }
    all_in = arrange(DIRECTION, None, papers, (), [choice(each.id, goes_in=True) for each in papers])
    assert len(all_in.papers) == len(papers)


def test_what_the_school_writes_is_in_until_a_person_leaves_it_out():
    assert written_goes_in([])
    assert written_goes_in([choice("x", goes_in=False), choice(WRITTEN, goes_in=True)])
    assert not written_goes_in([choice(WRITTEN, goes_in=False)])


def told(papers, kind=None, **more):
    made = arrange(DIRECTION, kind, papers, (), ())
    return [(each.what, each.document.id if each.document else each.section, each.count) for each in checks(DIRECTION, made, TODAY, **more)]


def test_the_meter_counts_the_schools_own_pages_and_the_kind_of_appeal():
    core = paper("core", "Decision letter")
    assert told([core, paper("a", pages=60)], "refusal_to_assess", written_pages=15) == [("report_long", "a", 60)]
    assert ("pages_most", "evidence", 76) in told([core, paper("a", pages=60)], "refusal_to_assess", written_pages=16)
    assert ("pages", "evidence", 76) in told([core, paper("a", pages=60)], None, written_pages=16)
    assert ("pages_most", "evidence", 101) in told([core, paper("a", pages=85)], None, written_pages=16)


@pytest.mark.parametrize(
    ("paper", "found"),
    [
        (paper("a", day=date(2023, 11, 25)), []),
        (paper("a", day=date(2023, 11, 24)), [("report_old", "a", 3)]),
        (paper("a", day=date(2023, 11, 24), kind="work"), []),
        (paper("a", pages=15), []),
        (paper("a", pages=16), [("report_long", "a", 16)]),
        (paper("a", "Witness statement of Mrs Lacey", pages=11), [("statement_long", "a", 11)]),
        (paper("a", pages=None), [("slip", "a", 1)]),
        (paper("a", day=None), [("undated", "a", 1)]),
    ],
)
def test_each_paper_is_looked_at(paper, found):
    core = [("no_core", "core", 0)]
    assert told([paper]) == [*found, *core]


def test_pages_without_words_and_files_that_are_gone_are_told():
    found = told([paper("core", "Decision letter"), paper("a")], without_text={"a": (1, 2)}, hard_to_read={"a": (2,)}, gone=["blob-a"])
    assert found == [("no_text", "a", 2), ("hard_to_read", "a", 1), ("gone", "a", 1)]


IDS = st.sampled_from([f"d{number}" for number in range(6)])


@given(
    st.lists(st.tuples(IDS, st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.sampled_from(["Report", "Final plan", "Decision letter"])),
             unique_by=lambda each: each[0]),
    st.dictionaries(IDS, st.tuples(st.sampled_from([*FOUR, "gone", None]), st.sampled_from([True, False, None]))),
    st.sampled_from([None, *(each["id"] for each in DIRECTION["kinds"])]),
)  # fmt: skip
def test_each_paper_is_in_one_place_whatever_was_chosen_and_each_section_is_in_order(given_papers, chosen, kind):
    papers = [paper(id, title, day) for id, day, title in given_papers]
    made = arrange(DIRECTION, kind, papers, (), [choice(id, section=section, goes_in=goes) for id, (section, goes) in chosen.items()])
    everywhere = [each.id for each in made.papers] + [each.id for each, _ in made.out]
    assert sorted(everywhere) == sorted(each.id for each in papers)
    for section in made.sections:
        days = [each.document_on for each in section.papers]
        assert days == sorted(days)
    for each in made.papers:
        wanted = chosen.get(each.id, (None, None))[0]
        if wanted in kind_of_appeal(DIRECTION, kind)["limits"]:
            assert each in next(one.papers for one in made.sections if one.id == wanted)
