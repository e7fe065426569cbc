from datetime import date
from pathlib import Path

import pytest

from sencoapp.domain.arrivals import ReadFile
from sencoapp.exchange import PupilFileReader

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
TODAY = date(2026, 11, 24)


@pytest.fixture
def sample():
    def content(*parts: str) -> bytes:
        return SAMPLES.joinpath(*parts).read_bytes()

    return content


@pytest.fixture(scope="session")
def read():
    def read(content: bytes | str, *, filename: str = "pupils", mapping=None) -> ReadFile:
        content = content.encode("utf-8") if isinstance(content, str) else content
        return PupilFileReader().read(filename, content, today=TODAY, mapping=mapping)

    return read


@pytest.fixture(scope="session")
def told():
    """The problems of a read file as (row, field, severity)."""

    def told(found: ReadFile, severity: str | None = None):
        return [(each.row, each.field, each.severity) for each in found.problems if severity in (None, each.severity)]

    return told
