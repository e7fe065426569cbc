"""Hostile and broken files: one sentence each, quickly, and nothing else."""

import io
import json
import time
import zipfile

import pytest

from sencoapp import reference
from sencoapp.domain.refusals import Fault

UPN = "N855200119042"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {name} "{"&" + before + ";" * 1}{("&" + before + ";") * 9}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><CTfile><CTFpupilData><Pupil><Surname>&i;</Surname></Pupil></CTFpupilData></CTfile>"
)


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(sheet: str) -> bytes:
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    parts = {}
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    return zipped(parts)


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
CTF = f"<CTfile><CTFpupilData><Pupil><UPN>{UPN}</UPN><Surname>A</Surname><Forename>B</Forename></Pupil></CTFpupilData></CTfile>"

BROKEN = {
    "nothing in it": (b"", "pupil_file_empty"),
    "blank lines only": (b"\xef\xbb\xbf \r\n\r\n", "pupil_file_empty"),
    "a pdf called csv": (b"%PDF-1.7\n1 0 obj", "pupil_file_other_kind"),
    "a photograph": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "pupil_file_other_kind"),
    "a web page": (b"<!DOCTYPE html><html><body>Log in</body></html>", "pupil_file_other_kind"),
    "json": (json.dumps({"pupils": []}).encode(), "pupil_file_other_kind"),
    "a word document": (zipped({"word/document.xml": b"<w/>"}), "pupil_file_other_kind"),
    "a zip of csv files": (zipped({"pupils.csv": b"UPN"}), "pupil_file_other_kind"),
    "an old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "pupil_file_other_kind"),
    "an xlsx with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "pupil_file_protected",
    ),
    "zero bytes": (b"UPN,Surname,Forename\n\x00\x00,A,B\n", "pupil_file_other_kind"),
    "no headings": (b"some,words\nand,more\n", "pupil_table_no_headings"),
    "one word": (b"hello", "pupil_table_no_headings"),
    "very many pupils": (b"<CTfile><CTFpupilData>" + b"<Pupil/>" * 20_001 + b"</CTFpupilData></CTfile>", "pupil_xml_too_much"),
    "spaces without end": (b" " * 100_000, "pupil_file_empty"),
    "thousands of columns": (("UPN,Surname," + "x," * 5000 + "\n").encode(), "pupil_table_too_wide"),
    "a line of commas": (b"UPN,Surname\n" + b"," * 1_000_000, "pupil_table_too_wide"),
    "a quotation mark without its partner": (
        f'UPN,Surname,Forename\n{UPN},"Hart,Ada\nM856400325042,Lee,Bo\n'.encode(),
        "pupil_table_quote",
    ),
    "a cell without an end": (b'UPN,Surname,Forename\n"' + b"x" * 300_000, "pupil_table_quote"),
    "billion laughs": (LAUGHS.encode(), "pupil_xml_entities"),
    "a document type": (b'<!DOCTYPE CTfile SYSTEM "file:///etc/passwd">' + CTF.encode(), "pupil_xml_entities"),
    "an external entity": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><CTfile>&x;</CTfile>', "pupil_xml_entities"),
    "two roots": (f"{CTF}\n{CTF}".encode(), "pupil_xml_two_roots"),
    "half a ctf": (CTF[:90].encode(), "pupil_xml_damaged"),
    "an entity that nobody declared": (b"<CTfile>&nbsp;</CTfile>", "pupil_xml_damaged"),
    "an encoding that nobody knows": (b'<?xml version="1.0" encoding="klingon"?><CTfile/>', "pupil_xml_damaged"),
    "a sen2 return": (b"<Message><Persons/></Message>", "pupil_xml_unknown"),
    "very deep xml": (b"<CTfile>" + b"<a>" * 100_000, "pupil_xml_too_much"),
    "an xlsx cut short": (workbook(SHEET.format(""))[:2000], "pupil_workbook_damaged"),
    "an xlsx with entities": (workbook('<!DOCTYPE x [<!ENTITY a "b">]>' + SHEET.format("")), "pupil_xml_entities"),
    "an xlsx whose sheet is no xml": (workbook("nothing"), "pupil_workbook_damaged"),
    "an empty xlsx": (workbook(SHEET.format("")), "pupil_table_no_headings"),
    "an xlsx of one far cell": (workbook(SHEET.format('<row r="1"><c r="XFD1"><v>1</v></c></row>')), "pupil_table_too_wide"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gives_one_sentence(read, name):
    content, key = BROKEN[name]
    began = time.perf_counter()
    with pytest.raises(Fault) as error:
        read(content, filename="class list.csv")

    assert error.value.key == key
    sentence = reference.explain(error.value)
    assert "class list.csv" in sentence
    assert "{" not in sentence
    assert time.perf_counter() - began < 5


def test_a_zip_bomb_is_not_unpacked(read):
    bomb = zipped({"xl/workbook.xml": b"<a/>", "xl/sharedStrings.xml": b"\0" * (90 * 1024 * 1024)})

    assert len(bomb) < 200_000
    with pytest.raises(Fault) as error:
        read(bomb)
    assert error.value.key == "pupil_workbook_too_large"


def test_more_than_fifty_megabytes_is_not_looked_at(read):
    with pytest.raises(Fault) as error:
        read(bytes(50 * 1024 * 1024 + 1))
    assert error.value.key == "pupil_file_too_large"
    assert error.value.details["most"] == 50


def test_more_rows_than_a_school_has_pupils(read):
    with pytest.raises(Fault) as error:
        read(b"UPN,Surname,Forename\n" + b"a,b,c\n" * 50_001)
    assert error.value.key == "pupil_table_too_long"


def test_a_sheet_whose_last_row_is_far_away_ends_where_the_rows_do(read):
    cell = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    rows = "".join(
        f'<row r="{number}">'
        + "".join(cell.format(f"{column}{number}", text) for column, text in zip("ABC", texts, strict=True))
        + "</row>"
        for number, texts in ((1, ("UPN", "Surname", "Forename")), (2, (UPN, "Hart", "Ada")), (1_048_576, ("x", "y", "z")))
    )
    found = read(workbook(SHEET.format(rows)))

    assert [each.pupil["legal_surname"] for each in found.arrivals] == ["Hart"]


def test_the_name_of_the_file_is_quoted_short_and_on_one_line(read):
    with pytest.raises(Fault) as error:
        read(b"", filename="a\nb" + "c" * 500)
    assert len(error.value.details["filename"]) == 40
    assert "\n" not in error.value.details["filename"]


def test_a_cell_of_great_length_is_left_out_and_its_row_stays(read, told):
    found = read(f"UPN,Surname,Forename,Class\n{UPN},Hart,Ada,{'x' * 5000}\n")

    assert "reg_group" not in found.arrivals[0].pupil
    assert told(found) == [(2, "regGroup", "warning")]
