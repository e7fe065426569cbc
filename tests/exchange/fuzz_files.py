"""Coverage-guided fuzzing of every reader of pupil files, by atheris. Not a part of CI: CONTRIBUTING says how to run it.

Each input goes in as it is, and inside the parts of a workbook. Anything but a ``ReadFile`` or a ``Fault`` with its sentence is a find.
"""

import io
import sys
import zipfile
from datetime import date
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["sencoapp.exchange"]):
    from sencoapp import reference
    from sencoapp.domain.arrivals import ReadFile
    from sencoapp.domain.refusals import Fault
    from sencoapp.exchange import PupilFileReader

TODAY = date(2026, 11, 24)
READER = PupilFileReader()


def _parts() -> dict[str, bytes]:
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PARTS = _parts()


def _workbook_around(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in {**PARTS, "xl/worksheets/sheet1.xml": content}.items():
            archive.writestr(name, part)
    return out.getvalue()


def read(content: bytes) -> None:
    try:
        found = READER.read("fuzz", content, today=TODAY, remembered=lambda _headings: None)
    except Fault as fault:
        reference.explain(fault)
        return
    assert isinstance(found, ReadFile)
    for arrival in found.arrivals:
        assert arrival.pupil["legal_surname"]
        assert arrival.pupil["legal_forename"]


def one_input(content: bytes) -> None:
    read(content)
    if content[:1] == b"<":
        read(_workbook_around(content))


def seeds(folder: Path) -> None:
    """Writes the samples where libFuzzer begins."""
    samples = Path(__file__).resolve().parents[3] / "shared" / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(sorted([*(samples / "derived").iterdir(), *(samples / "mis").iterdir()])):
        (folder / f"seed{number}").write_bytes(path.read_bytes())
    (folder / "sheet").write_bytes(PARTS["xl/worksheets/sheet1.xml"])


if __name__ == "__main__":
    seeds(Path(sys.argv[-1]))
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
