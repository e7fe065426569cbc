"""The individual costed map: worked out by hand, the same on paper, and told where it does not match timetable and plan."""

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pikepdf
import pytest

from sencoapp.documents.content import plain
from sencoapp.documents.costed_map import costed_map_content
from sencoapp.domain.provision import ProvisionStaff
from sencoapp.domain.provision_map import MapQuery, Period
from sencoapp.domain.refusals import Refusal
from sencoapp.services import delivery, plans, provision, rates, staff, timetable
from sencoapp.services.costed_map import costed_map, years_of
from sencoapp.services.costing import year_span
from sencoapp.services.provision_map import read_map
from tests.places import add_pupil
from tests.services.map_school import MapSchool
from tests.services.people_of_the_school import TwoClasses
from tests.services.test_provision import values
from tests.services.test_timetable import slot

TA = "Teaching assistant"


@pytest.fixture
def kian(place):
    """A term by hand. Talk Boost: 3 x 30 min, 12 weeks, group of 4, Mrs Lacey at £17.20, from 12 October £18.00.

    1 September to 9 October are 29 school days: 5.8 weeks of 1.5 h at £17.20 / 4 = £37.41. The other 31 days are 6.2 weeks at
    £18.00 / 4 = £41.85; together £79.26. The council: 12 x 1.5 h x £17.20 / 4 = £77.40.
    Named support: 10 h a week, alone, 12 weeks at the teacher's £41.50 = £4,980.00; the council: £2,064.00.
    Visual timetable: universal, 5 x 10 min, 12 weeks, alone at £17.20 = £172.00.
    """
    kian = add_pupil(place)
    for _ in range(3):
        add_pupil(place)
    lacey, _ = staff.add_staff(place.session, "Mrs Lacey", "teaching_assistant", job_title=TA)
    rates.set_staff_rate(place.session, TA, 1720, date(2026, 9, 1))
    rates.set_staff_rate(place.session, TA, 1800, date(2026, 10, 12))
    talk, _ = provision.add_provision(place.session, values(staff_role=TA), [kian.id], staff=[ProvisionStaff("", "", lacey.id)])
    alone = values(title="Named support", pence_per_hour=4150, group_size=1, sessions_per_week=Decimal(10), minutes=60)
    provision.add_provision(place.session, alone, [kian.id])
    core = values(title="Visual timetable", wave="universal", group_size=1, sessions_per_week=Decimal(5), minutes=10)
    provision.add_provision(place.session, core, [kian.id])
    delivery.tick_session(place.session, talk.id, date(2026, 10, 13), "ran")
    return kian, talk


def test_the_term_worked_out_by_hand_comes_out_to_the_penny(place, kian):
    found = costed_map(place.session, kian[0].id)
    rows = {each["title"]: (each["planned_pence"], each["to_date_pence"], each["council_pence"]) for each in found["rows"]}
    assert rows == {"Talk Boost": (7926, 225, 7740), "Named support": (498000, 0, 206400), "Visual timetable": (17200, 0, 17200)}
    talk = next(each for each in found["rows"] if each["title"] == "Talk Boost")
    assert talk["formula"] == (
        "3 sessions × 30 minutes × £17.20 an hour × 5.8 weeks ÷ 4 pupils"
        " + 3 sessions × 30 minutes × £18.00 an hour × 6.2 weeks ÷ 4 pupils = £79.26"
    )
    assert (found["planned_pence"], found["to_date_pence"], found["council_pence"]) == (7926 + 498000 + 17200, 225, 7740 + 206400 + 17200)
    assert (found["core_pence"], found["additional_pence"], found["element_2_pence"], found["shortfall_pence"]) == (
        17200,
        505926,
        505926,
        0,
    )
    assert found["rows"][1]["given_by"] == "Mrs Lacey"
    assert "To be confirmed with your council" in found["council_source"]


def test_the_paper_says_the_same_pence_as_the_screen(place, kian):
    found = costed_map(place.session, kian[0].id)
    text = plain_text(costed_map_content(found))
    for each in found["rows"]:
        assert each["formula"] in text
        assert each["council_formula"] in text
    for pence in ("£5,231.26", "£2.25", "£2,313.40", "£172.00", "£5,059.26"):
        assert pence in text
    pdf = place.documents.costed_map_pdf(found)
    assert pdf == place.documents.costed_map_pdf(found)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) >= 1


def test_it_is_told_where_the_map_does_not_match_the_timetable_and_the_plan(place, kian):
    pupil, talk = kian
    cycle, _ = plans.start_cycle(place.session, pupil.id)
    timetable.set_slots(place.session, talk.id, [slot(1), slot(2)])
    warnings = costed_map(place.session, pupil.id)["warnings"]
    assert "Talk Boost: the provision says 3 a week of 30 minutes, the timetable has 2 a week with 60 minutes together." in warnings
    assert "Talk Boost is not in the open plan." in warnings
    provision.join_provision(place.session, talk.id, pupil.id, cycle=cycle.id)
    assert "Talk Boost is not in the open plan." not in costed_map(place.session, pupil.id)["warnings"]


def test_another_year_is_another_map(place, kian):
    assert years_of(place.session, kian[0].id) == [2026]
    assert costed_map(place.session, kian[0].id, 2025)["rows"] == []


def test_only_who_sees_cost_gets_it(place, kian):
    people = TwoClasses(place)
    with pytest.raises(Refusal, match="not_for_your_role"):
        costed_map(people.session("teacher"), people.own.id)


def plain_text(content):
    found = []
    for part in content.parts:
        for block in part.blocks:
            for name in ("text", "heading", "note"):
                if hasattr(block, name):
                    found.append(plain(getattr(block, name)))
            for each in getattr(block, "rows", ()):
                found += [plain(cell) for cell in getattr(each, "cells", ())]
            found += [plain(cell) for cell in getattr(block, "total", None) or ()]
    return "\n".join(found)


def test_the_map_of_the_school_says_the_same_pence_of_the_same_year(place):
    """Whoever came, left, took turns or was absent: two pages that are worked out in two ways say one thing."""
    MapSchool(place)
    found = read_map(place.session, MapQuery(Period(*year_span(2026))), "pupil")
    lines = [each for each in found.lines if each.place and each.provision]
    of_map = {(each.place.pupil, each.provision.id): each.figures for each in lines}
    compared = 0
    for pupil in {pupil for pupil, _ in of_map}:
        for row in costed_map(place.session, pupil, 2026)["rows"]:
            figures = of_map[pupil, row["provision"]]
            assert (row["planned_pence"], row["to_date_pence"]) == (figures.planned_pence, figures.spent_pence)
            compared += 1
    assert compared == len(of_map) > 5


def test_tab_pack_and_workbook_of_a_pupil_say_the_same_pence(place, kian, tmp_path):
    """A rate that rose on the way and a place that ended early: each line over the pupil's own days, in the workbook as a live sum."""
    pupil, talk = kian
    provision.end_places(place.session, pupil.id, talk.id, date(2026, 11, 13))
    content = provision.map_content(place.session, pupil.id)
    rows = {each["title"]: each["cost_pence"] for each in content["pupil"]["rows"]}
    of_map = {each["title"]: each["planned_pence"] for each in costed_map(place.session, pupil.id)["rows"]}
    assert rows == of_map
    assert content["pupil"]["total_pence"] == sum(of_map.values())
    made = place.documents.provision_map_xlsx(content)
    sheet = openpyxl.load_workbook(BytesIO(made), data_only=True)["Provision"]
    assert {sheet[f"D{at}"].value: round(sheet[f"N{at}"].value * 100) for at in range(5, 8)} == rows
    formulas = [str(openpyxl.load_workbook(BytesIO(made))["Provision"][f"N{at}"].value) for at in range(5, 8)]
    assert sum("+" in each for each in formulas) == 1
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not here")
    (tmp_path / "map.xlsx").write_bytes(made)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to"]
    command += ["csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", "--outdir", str(tmp_path), str(tmp_path / "map.xlsx")]
    subprocess.run(command, check=True, capture_output=True)
    told = (tmp_path / "map.csv").read_text("utf-8")
    for pence in (*rows.values(), content["pupil"]["total_pence"]):
        assert f"£{pence // 100:,}.{pence % 100:02d}" in told
