"""The numbers of a pupil on the overview: changed in a sheet, which asks why there is no UPN where there is none."""

from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil
from tests.places import add_pupil
from ui.pages.pupil import PupilPage
from ui.pages.record_sheet import RecordSheet


class Folder:
    kian = ""


def fill(place: Workplace) -> None:
    Folder.kian = add_pupil(place, upn=None).id


def sheet(house) -> RecordSheet:
    (found,) = [each for each in house.shell.findChildren(RecordSheet) if each.isVisible()]
    return found


def kian(house) -> Pupil:
    return house.record(lambda place: place.session.record.get(Pupil, Folder.kian))


def test_why_there_is_no_upn_is_said_and_goes_when_there_is_one(open_house):
    house = open_house(fill)
    page = house.open("pupil", pupil=Folder.kian)
    assert isinstance(page, PupilPage)
    facts = page.tab("overview").facts
    facts.change.click()
    house.settle()
    sheet(house).form.controls["upn_unknown"].choose("UN3")
    house.shortcut("Ctrl+Return")
    assert house.sees("None: educated outside England", facts)
    facts.change.click()
    house.settle()
    sheet(house).form.controls["upn"].setText("12")
    house.shortcut("Ctrl+Return")
    assert house.sees("Check “12”.", sheet(house))
    sheet(house).form.controls["upn"].setText("A201100018042")
    house.shortcut("Ctrl+Return")
    assert (kian(house).upn, kian(house).upn_unknown) == ("A201100018042", None)
    assert "should begin with R" in house.shell._toast.accessibleName() or house.sees("should begin with R")
    facts.change.click()
    house.settle()
    assert list(sheet(house).form.controls) == ["upn", "uln"]
