"""A provision beside itself over terms: worked out by hand, the same on paper, and no more said of few pupils than may be."""

from dataclasses import replace
from datetime import date

import pytest

from sencoapp.domain.measure_chart import Tick
from sencoapp.domain.over_terms import TermFigures, terms_chart
from sencoapp.domain.people import School, Term
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Refusal
from sencoapp.services import delivery, provision
from sencoapp.services.beginning import school
from sencoapp.services.provision_terms import over_terms, provision_words, terms_list, titles
from tests.documents.reading import page_texts
from tests.places import TERMS, add_pupil
from tests.services.people_of_the_school import TwoClasses
from tests.services.test_effect import keep
from tests.services.test_provision import values

SUMMER = Term("Summer term 2026", date(2026, 4, 13), date(2026, 7, 10), date(2026, 5, 25), date(2026, 5, 29))


@pytest.fixture
def ran(place):
    """Talk Boost in the summer for Kian and Ava, and again in the autumn for Kian.

    Summer, 1 June to 26 June: 4 weeks of 3 x 30 minutes are 360 minutes for each of two, 720. Two sessions ran; Ava was absent
    from one: 90 of 720 minutes, 3 of 4 attended. Kian went from 7 years to 7y 6m: 1 of 1 better.
    Autumn, from 2 November, 3 weeks until Friday 20 November and two days: 17 days are 306 minutes; one session: 30.
    """
    record = place.session.record
    home = school(record)
    record.save([Amend(School, home.id, {"terms": (SUMMER, *TERMS)})], action="change_school", actor=place.session.actor)
    kian, ava = add_pupil(place), add_pupil(place, "Brennan", "Ava", reg_group="5T")
    summer, _ = provision.add_provision(
        place.session, values(starts_on=date(2026, 6, 1), weeks=4, ends_on=date(2026, 6, 26), group_size=2), [kian.id, ava.id]
    )
    autumn, _ = provision.add_provision(place.session, values(title="talk boost", starts_on=date(2026, 11, 2)), [kian.id])
    for day in (date(2026, 6, 2), date(2026, 6, 4)):
        delivery.tick_session(place.session, summer.id, day, "ran")
    delivery.mark_pupil(place.session, summer.id, date(2026, 6, 4), ava.id, "absent")
    delivery.tick_session(place.session, autumn.id, date(2026, 11, 3), "ran")
    keep(place, kian.id, summer.id, "entry", "7y 0m", day=date(2026, 6, 1))
    keep(place, kian.id, summer.id, "exit", "7y 6m", day=date(2026, 7, 15))  # in the holidays: it belongs to the term before
    return kian, summer, autumn


def test_each_term_is_what_was_worked_out_by_hand(place, ran):
    found = over_terms(place.session, "Talk Boost")
    assert [replace(each, starts_on=date.min) for each in found.terms] == [
        TermFigures("Summer term 2026", date.min, 2, 1, 1, 0, 720, 90, 4, 3, 4),
        TermFigures("Autumn term 2026", date.min, 1, 0, 0, 0, 306, 30, 1, 1, 1),
    ]
    cells = {each.figure: each.cells for each in found.figures}
    assert cells == {
        "effect": ("1 of 1 better, 0 worse", "nobody measured"),
        "dose": ("45 of 360 min", "30 of 306 min"),
        "attendance": ("75% (3 of 4)", "100% (1 of 1)"),
    }
    assert found.figures[0].shows == "Better, of those measured. Summer term 2026: 1 of 1 better, 0 worse."
    assert titles(place.session.record) in (["Talk Boost"], ["talk boost"])


def test_few_pupils_have_another_shape_and_a_sentence(place, ran):
    found = over_terms(place.session, "Talk Boost")
    assert {each.role for each in found.figures[1].chart.spots} == {"value_off"}
    assert any("fewer than 5 pupils" in each for each in found.honest)
    assert any("Each term had pupils of its own" in each for each in found.honest)
    said = "Of 2 places that have ended, 1 were measured at both the start and the end. Nothing is known of the others."
    assert said in found.honest


def test_a_share_above_the_plan_stays_on_the_chart():
    terms = [
        TermFigures("A", date(2026, 1, 5), 6, planned_minutes=100, delivered_minutes=130, ticked=4),
        TermFigures("B", date(2026, 4, 13), 6),
    ]
    chart = terms_chart(terms, "dose", ["130%", ""])
    assert [(each.role, each.words) for each in chart.spots] == [("value", "130%")]
    assert chart.up[-1] == Tick(1.0, "150%")
    assert 0 < chart.spots[0].y < 1
    assert chart.spots[0].y == pytest.approx(130 / 150)
    assert terms_chart(terms, "effect", ["", ""]) is None


def test_one_term_is_not_compared_and_none_says_so(place, ran):
    provision.add_provision(place.session, values(title="Reading", starts_on=date(2026, 11, 2)), [ran[0].id])
    assert "There is one term so far, so there is nothing to compare it with." in over_terms(place.session, "Reading").honest
    assert over_terms(place.session, "Not given").honest == ("This provision has no plan, no sessions and no measures yet.",)
    with pytest.raises(Refusal, match="nothing_to_export"):
        terms_list(place.session, "Not given")


def test_paper_and_list_say_the_same(place, ran):
    found = terms_list(place.session, "Talk Boost")
    assert found.rows == [["Summer term 2026", 2, 1, 1, 0, 720, 90, 4, 3], ["Autumn term 2026", 1, 0, 0, 0, 306, 30, 1, 1]]
    text = " ".join(" ".join(page_texts(place.documents.provision_terms_pdf(found.over_terms))).split())
    for words in ("Summer term 2026", "1 of 1 better, 0 worse", "45 of 360 min", "75% (3 of 4)", "Each term had pupils of its own"):
        assert words in text


def test_the_words_of_a_group_name_its_terms(place, ran):
    assert "By term: Summer term 2026: 1 of 1 better." in provision_words(place.session, ran[1])


def test_a_teacher_sees_the_terms_of_their_own_pupils_only(place, ran):
    teacher = TwoClasses(place).session("teacher")
    seen = over_terms(teacher, "Talk Boost").terms
    assert [(each.pupils, each.planned_minutes) for each in seen] == [(1, 360), (1, 306)]
