"""Materials, preparation and training: a term worked out by hand is the same pence in every place where cost is shown."""

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest

from sencoapp.documents.costed_map import costed_map_content
from sencoapp.documents.provision_map_content import provision_map_content
from sencoapp.documents.school_map import school_map_document
from sencoapp.domain.added_costs import ProvisionCost
from sencoapp.domain.provision import to_pence
from sencoapp.domain.provision_map import MapQuery, Period
from sencoapp.domain.refusals import Refusal
from sencoapp.services import delivery, provision, rates, undoing
from sencoapp.services.costed_map import costed_list, costed_map
from sencoapp.services.costing import CostBook
from sencoapp.services.map_content import school_map_content
from sencoapp.services.provision_costs import cost_lines, costs_of, keep_cost, remove_cost
from sencoapp.services.provision_map import read_map
from tests.places import add_pupil
from tests.services.people_of_the_school import TwoClasses
from tests.services.test_costed_map import plain_text
from tests.services.test_provision import values

FIRST = date(2026, 9, 7)
TERM = MapQuery(Period(date(2026, 9, 1), date(2026, 12, 18)))


def cost(talk, kind="materials", what="Reading books", **other):
    return ProvisionCost("", talk.id, kind, what, **{"paid_on": FIRST, **other})


@pytest.fixture
def talk(place):
    """Talk Boost from Monday 7 September: 3 x 30 minutes, 12 weeks, £17.20 an hour, a group of four of whom two are named.

    The adults' time is £77.40 for each place. Beside it, for each of the four places:
    books £50.00 once, ÷ 4 = £12.50; planning 20 minutes a week, £17.20 ÷ 3 x 12 weeks ÷ 4 = £17.20;
    a course £90.00 spread from 5 October to the end, ÷ 4 = £22.50; a workbook £3.99 for each pupil. Together £133.59.
    Two weeks of half term move the plan on to 11 December. Until Tuesday 24 November it has had 47 of its 60 days:
    £12.50 + 9.4 weeks of planning £13.47333… + 27 of 40 days of the course £15.1875 + £3.99, and one session that was held,
    £8.60 ÷ 4 = £2.15. Together £47.30083…, which is £47.30; for the four places £189.20333….
    """
    kian, ava = add_pupil(place), add_pupil(place, "Brennan", "Ava")
    made, _ = provision.add_provision(place.session, values(starts_on=FIRST, staff_role="Teaching assistant"), [kian.id, ava.id])
    for each in (
        cost(made, pence=5000),
        cost(made, "preparation", "Planning", minutes=20, spread="week"),
        cost(made, "training", "Talk Boost course", pence=9000, spread="run", paid_on=date(2026, 10, 5)),
        cost(made, what="Workbook", pence=399, for_each=True),
    ):
        keep_cost(place.session, each)
    delivery.tick_session(place.session, made.id, date(2026, 10, 13), "ran")
    return made


PLANNED, SPENT = 13359, 4730


def named(place, talk):
    return [each.pupil for each in place.session.record.find(provision.ProvisionPlace, provision=talk.id)]


def test_the_term_by_hand_is_the_same_on_every_page(place, talk):
    session = place.session
    for pupil in named(place, talk):
        row = CostBook(session, pupil=pupil).row(talk.id, pupil)
        assert (row.planned_pence, row.to_date_pence, row.added_pence) == (PLANNED, SPENT, PLANNED - 7740)
        assert provision.pupil_map(session, pupil)["total_pence"] == PLANNED
        costed = costed_map(session, pupil)["rows"][0]
        assert (costed["planned_pence"], costed["to_date_pence"]) == (PLANNED, SPENT)
        assert costed_list(session, pupil, None).rows[0][6:9] == [Decimal("133.59"), Decimal("56.19"), Decimal("47.30")]
    of_map = read_map(session, TERM)
    lines = {each.title: (each.figures.planned_pence, each.figures.spent_pence) for each in of_map.lines}
    assert lines["Ava Brennan"] == lines["Kian Osei"] == (PLANNED, SPENT)
    assert of_map.total.planned_pence == 4 * PLANNED
    group = CostBook(session).group(talk.id)
    assert group.planned_pence == 4 * PLANNED
    ledger = delivery.ledger_of(session, talk.id)
    whole = {each.name: to_pence(each.tally.delivered_cost) for each in ledger.periods[0][1]}
    assert whole == {"": group.to_date_pence, "Ava Brennan": SPENT, "Kian Osei": SPENT}
    assert group.to_date_pence == 18920


def test_the_sum_behind_it_is_written_as_a_person_would(place, talk):
    formula = provision.pupil_map(place.session, named(place, talk)[0])["rows"][0]["formula"]
    assert formula == (
        "3 sessions × 30 minutes × £17.20 an hour × 12 weeks ÷ 4 pupils"
        " + 20 minutes × £17.20 an hour for Planning each week × 12 weeks ÷ 4 pupils + £50.00 for Reading books ÷ 4 pupils"
        " + £3.99 for Workbook + £90.00 for Talk Boost course ÷ 4 pupils = £133.59"
    )


def test_paper_and_workbooks_say_the_same_pence(place, talk, tmp_path):
    session, pupil = place.session, named(place, talk)[0]
    content, of_pupil = school_map_content(session, TERM), provision.map_content(session, pupil)
    assert "£534.36" in plain_text(school_map_document(content))
    assert "£133.59" in plain_text(provision_map_content(of_pupil))
    assert "Of the school’s cost, £56.19 is for materials, preparation and training." in plain_text(
        costed_map_content(costed_map(session, pupil))
    )
    files = {"map": place.documents.school_map_xlsx(content), "pupil": place.documents.provision_map_xlsx(of_pupil)}
    sheet = openpyxl.load_workbook(io.BytesIO(files["map"]), data_only=True).active
    lines = [*content["lines"], content["total"]]
    assert [round(sheet[f"K{at}"].value * 100) for at in range(5, 5 + len(lines))] == [each["planned_pence"] for each in lines]
    assert sheet[f"N{4 + len(lines)}"].value == pytest.approx(4 * 56.19)
    assert str(openpyxl.load_workbook(io.BytesIO(files["map"])).active["K7"].value).startswith("=ROUND(")
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not here")
    told = {name: calculated(tmp_path, name, made) for name, made in files.items()}
    assert [(pence(row[10]), pence(row[12])) for row in told["map"][: len(lines)]] == [
        (each["planned_pence"], each["spent_pence"]) for each in lines
    ]
    assert [pence(row[13]) for row in told["map"][len(lines) - 1 : len(lines)]] == [4 * 5619]
    assert pence(told["pupil"][0][13]) == PLANNED


def test_one_who_joins_later_needs_a_workbook_too_and_shares_nothing_that_was_bought_before(place, talk):
    zac = add_pupil(place, "Yilmaz", "Zac")
    provision.join_provision(place.session, talk.id, zac.id)
    joined = place.session.record.find(provision.ProvisionPlace, pupil=zac.id)[0]
    provision.change_place(place.session, joined.id, starts_on=date(2026, 11, 16), ends_on=None)
    row = CostBook(place.session).row(talk.id, zac.id)
    assert [(each.cost.what, each.days, each.shared) for each in row.charges] == [
        ("Planning", 20, 4),
        ("Workbook", 1, 1),
        ("Talk Boost course", 20, 4),
    ]
    everyone = sum(CostBook(place.session).row(talk.id, each).planned_pence for each in named(place, talk))
    free = next(each for each in read_map(place.session, TERM).lines if each.kind == "free")
    assert everyone + free.figures.planned_pence == read_map(place.session, TERM).total.planned_pence


def test_a_cost_spread_over_a_term_ends_with_it(place, talk):
    """Twenty-four weeks run past 18 December, the end of the term; the licence is paid for by then."""
    provision.change_provision(place.session, talk, replace(talk, weeks=24))
    keep_cost(place.session, cost(talk, what="Licence", pence=6000, spread="term"))

    def licence(first, last):
        lines = read_map(place.session, MapQuery(Period(first, last))).lines
        row = next(each for each in lines if each.title == "Kian Osei").row
        return sum(each.pence for each in row.charges if each.cost.what == "Licence")

    assert licence(FIRST, date(2027, 3, 26)) == 1500
    assert licence(date(2026, 12, 19), date(2027, 3, 26)) == 0
    assert licence(FIRST, date(2026, 9, 11)) == Fraction(1500, 13)  # one of the thirteen weeks that are left of the term


def test_the_council_counts_what_its_own_method_counts(place, talk):
    pupil = named(place, talk)[0]
    unit = costed_map(place.session, pupil)["rows"][0]
    assert unit["council_pence"] == 7740
    assert "The council’s figure does not count materials, preparation, training. The school’s own cost does." in unit["notes"]
    rates.set_council_rate(place.session, "durham", Decimal(30), date(2026, 9, 1), box="A")
    durham = costed_map(place.session, pupil)["rows"][0]
    # 38 weeks x 90 minutes x 30p ÷ 4 = £256.50, and its resources: £12.50 of the books and a workbook.
    assert durham["council_pence"] == 25650 + 1250 + 399
    assert durham["council_formula"].endswith("+ £50.00 for Reading books ÷ 4 pupils + £3.99 for Workbook = £272.99")


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"what": " ", "pence": 100}, "cost_needs_what"),
        ({}, "cost_needs_amount"),
        ({"kind": "training", "pence": 100, "minutes": 5}, "cost_is_money_or_time"),
        ({"pence": 10_000_001}, "cost_is_too_large"),
        ({"kind": "training", "minutes": 6001}, "cost_takes_too_long"),
        ({"minutes": 20}, "cost_of_materials_is_money"),
        ({"pence": 100, "spread": "week", "ends_on": date(2026, 9, 1)}, "cost_ends_before_it_starts"),
    ],
)
def test_what_cannot_be_costed_is_refused_with_its_field(place, talk, wrong, key):
    before = costs_of(place.session.record, talk.id)
    with pytest.raises(Refusal, match=key) as told:
        keep_cost(place.session, replace(cost(talk), **wrong))
    assert told.value.details["field"]
    assert costs_of(place.session.record, talk.id) == before


def test_a_cost_after_the_end_is_refused(place, talk):
    provision.change_provision(place.session, talk, replace(talk, ends_on=date(2026, 11, 27)))
    with pytest.raises(Refusal, match="cost_after_provision"):
        keep_cost(place.session, cost(talk, pence=100, paid_on=date(2026, 11, 30)))


def test_a_cost_is_changed_taken_away_and_put_back(place, talk):
    books = costs_of(place.session.record, talk.id)[1]
    assert books.what == "Reading books"
    keep_cost(place.session, replace(books, pence=6000))
    assert "£60.00, shared by the group, on 7 September 2026" in [each.words for each in cost_lines(place.session.record, talk.id)]
    saved = remove_cost(place.session, books.id)
    assert len(costs_of(place.session.record, talk.id)) == 3
    undoing.undo(place.session, saved.save)
    assert len(costs_of(place.session.record, talk.id)) == 4
    with pytest.raises(Refusal, match="provision_has_pupils"):
        provision.remove_provision(place.session, talk.id)
    for pupil in {each.pupil for each in place.session.record.find(provision.ProvisionPlace, provision=talk.id)}:
        provision.take_places_away(place.session, pupil, talk.id)
    provision.remove_provision(place.session, talk.id)
    assert costs_of(place.session.record, talk.id) == []


def test_who_sees_no_cost_sees_none_of_these(place, talk):
    teacher = TwoClasses(place).session("teacher")
    assert teacher.record.find(ProvisionCost) == []
    with pytest.raises(Refusal):
        keep_cost(teacher, cost(talk, pence=100))


def pence(words):
    return int(words.replace("£", "").replace(",", "").replace(".", ""))


def calculated(folder, name, made):
    """The rows as LibreOffice calculates them: the values that the file brings along are taken out first."""
    openpyxl.load_workbook(io.BytesIO(made)).save(folder / f"{name}.xlsx")
    command = ["soffice", f"-env:UserInstallation=file://{folder}/lo", "--headless", "--convert-to"]
    command += ["csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", "--outdir", str(folder), str(folder / f"{name}.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[4:]
