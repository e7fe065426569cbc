"""A reading that a person stops ends between two steps, in every kind of file."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from sencoapp.domain.refusals import Fault
from sencoapp.exchange.reader import PupilFileReader

PUPILS = 3_000
CSV = "Surname,Forename,DOB\n" + "".join(f"Osei,Kian{number},3 Feb 2018\n" for number in range(PUPILS))
CTF = (
    "<CTfile><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion></Header><CTFpupilData>"
    + "".join(f"<Pupil><Surname>Osei</Surname><Forename>Kian{number}</Forename><DOB>2018-02-03</DOB></Pupil>" for number in range(PUPILS))
    + "</CTFpupilData></CTfile>"
)


def _workbook() -> bytes:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in CSV.splitlines():
        sheet.append(line.split(","))
    book.save(file)
    return file.getvalue()


FILES = {"csv": CSV.encode(), "ctf": CTF.encode(), "xlsx": _workbook()}


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("after", [1, 4, PUPILS])
def test_a_reading_ends_where_it_is_stopped(kind: str, after: int) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked >= after

    with pytest.raises(Fault, match="pupil_file_stopped"):
        PupilFileReader().read("pupils", FILES[kind], today=date(2026, 11, 24), cancelled=cancelled)
    assert asked == after


@pytest.mark.parametrize("kind", FILES)
def test_a_reading_that_nobody_stops_is_whole(kind: str) -> None:
    assert len(PupilFileReader().read("pupils", FILES[kind], today=date(2026, 11, 24)).arrivals) == PUPILS
