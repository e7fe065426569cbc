"""Files that are made to take all memory or all day, each read in a process of its own under limits of the operating system.

``python -m tests.exchange.bombs NAME`` reads one and says what came of it; ``test_bombs`` runs them.
"""

import io
import sys
import time
import zipfile
from collections.abc import Callable
from itertools import pairwise

MEBIBYTE = 1024 * 1024
MOST_MEMORY = 1024 * MEBIBYTE
"""Address space of the process, libraries included. A 50 MB file of single letters becomes half a gigabyte of Python."""
MOST_SECONDS = 60
LARGEST = 50 * MEBIBYTE - 64
UPN = "N855200119042"


def _repeated(start: str, part: str, end: str = "", size: int = LARGEST) -> bytes:
    room = size - len(start.encode()) - len(end.encode())
    return (start + part * (room // len(part.encode())) + end).encode()


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _workbook(**parts: bytes) -> bytes:
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    with zipfile.ZipFile(out) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    return _zip({**whole, **{f"xl/{name.replace('__', '/')}.xml": content for name, content in parts.items()}})


def _laughs() -> bytes:
    names = [f"l{number}" for number in range(12)]
    told = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{told}]><CTfile><Pupil>&l11;</Pupil></CTfile>'.encode()


def _lying_zip() -> bytes:
    """A workbook whose directory says that a part of 600 MB unpacks to a kilobyte."""
    honest = _zip({"xl/workbook.xml": b"<a/>", "xl/sharedStrings.xml": b"\0" * (64 * MEBIBYTE)})
    size = (64 * MEBIBYTE).to_bytes(4, "little")
    return honest.replace(size, (1024).to_bytes(4, "little"))


def _sheet(rows: str) -> bytes:
    return (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'.encode()
    )


def _strings(count: int) -> bytes:
    start = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return (start + "<si><t>a</t></si>" * count + "</sst>").encode()


BOMBS: dict[str, Callable[[], bytes]] = {
    "csv of 50 MB": lambda: _repeated("UPN,Surname,Forename\n", f"{UPN},Hart,Ada\n"),
    "csv of 50 MB in one cell": lambda: _repeated("UPN,Surname,Forename\n", "x"),
    "csv of 50 MB in one quoted cell": lambda: _repeated('UPN,Surname,Forename\n"', 'x""'),
    "csv of 50 MB of line ends": lambda: _repeated("UPN,Surname,Forename\n", "\n"),
    "csv with a million columns": lambda: ("UPN,Surname,Forename\n" + "," * 1_000_000).encode(),
    "csv of wide rows": lambda: _repeated("UPN,Surname,Forename\n", "," * 499 + "x\n"),
    "csv of wide rows full of letters": lambda: _repeated("UPN,Surname,Forename\n", "a," * 499 + "a\n"),
    "csv in utf-16 of 50 MB": lambda: ("UPN\tSurname\tForename\n" + f"{UPN}\tHart\tAda\n" * 1_000_000).encode("utf-16"),
    "zero bytes of 50 MB": lambda: b"\0" * LARGEST,
    "noise of 50 MB": lambda: bytes(range(256)) * (LARGEST // 256),
    "brackets of 50 MB": lambda: b"[" * LARGEST,
    "ctf of 50 MB": lambda: _repeated(
        "<CTfile><CTFpupilData>", f"<Pupil><UPN>{UPN}</UPN><Surname>A</Surname></Pupil>", "</CTFpupilData></CTfile>"
    ),
    "ctf of empty elements": lambda: _repeated("<CTfile><CTFpupilData><Pupil>", "<a/>", "</Pupil></CTFpupilData></CTfile>"),
    "ctf of 50 MB in one text": lambda: _repeated("<CTfile><Pupil><Surname>", "x&amp;", "</Surname></Pupil></CTfile>"),
    "ctf with an attribute of 50 MB": lambda: _repeated('<CTfile><Pupil a="', "x", '"></Pupil></CTfile>'),
    "ctf with a tag of 50 MB": lambda: _repeated("<CTfile><", "x", "/></CTfile>"),
    "ctf with a comment of 50 MB": lambda: _repeated("<CTfile><!--", "x", "--></CTfile>"),
    "ctf nested without end": lambda: _repeated("<CTfile>", "<a>"),
    "ctf of different tags": lambda: ("<CTfile>" + "".join(f"<a{n}/>" for n in range(1_400_000)) + "</CTfile>").encode(),
    "sims report of far columns": lambda: _repeated(
        "<SuperStarReport><Record>" + "".join(f"<c{n}>x</c{n}>" for n in range(500)) + "</Record>",
        "<Record><c499>x</c499></Record>",
        "</SuperStarReport>",
    ),
    "isams batch of far fields": lambda: _repeated(
        "<iSAMS><PupilManager><CurrentPupils><Pupil>" + "".join(f"<c{n}>x</c{n}>" for n in range(500)) + "</Pupil>",
        "<Pupil><c499>x</c499></Pupil>",
        "</CurrentPupils></PupilManager></iSAMS>",
    ),
    "billion laughs": _laughs,
    "zip bomb": lambda: _zip({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"\0" * (300 * MEBIBYTE)}),
    "zip bomb that lies": _lying_zip,
    "zip of zips": lambda: _zip({"xl/workbook.xml": b"<a/>", **{f"xl/part{n}.xml": b"x" for n in range(3_000)}}),
    "xlsx of 30 MB of shared strings": lambda: _workbook(sharedStrings=_strings(1_600_000)),
    "xlsx of many rows": lambda: _workbook(worksheets__sheet1=_sheet("<row><c><v>1</v></c></row>" * 1_100_000)),
    "xlsx of a wide row": lambda: _workbook(worksheets__sheet1=_sheet("<row>" + "<c><v>1</v></c>" * 1_900_000 + "</row>")),
    "xlsx nested without end": lambda: _workbook(worksheets__sheet1=_sheet("<row>" * 5_000_000)),
    "xlsx of 30 MB of styles": lambda: _workbook(
        styles=(
            '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
            + "<xf/>" * 5_000_000
            + "</cellXfs></styleSheet>"
        ).encode()
    ),
}


def read(name: str) -> str:
    """What came of one bomb: ``rows`` with how many pupils, or the key of the refusal; with its seconds and its peak in MB."""
    import resource
    from datetime import date

    from sencoapp import reference
    from sencoapp.domain.refusals import Fault
    from sencoapp.exchange import PupilFileReader

    content = BOMBS[name]()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    began = time.process_time()
    try:
        found = PupilFileReader().read("bomb", content, today=date(2026, 11, 24))
        said = f"rows {len(found.arrivals)} problems {len(found.problems)}"
    except Fault as fault:
        reference.explain(fault)
        said = fault.key
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{said} | {time.process_time() - began:.1f} s | {peak} MB"


if __name__ == "__main__":
    sys.stdout.write(read(sys.argv[1]) + "\n")
