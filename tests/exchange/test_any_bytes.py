"""No bytes whatever lead to anything but a ``ReadFile`` or one ``Fault`` that has its sentence."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.domain.arrivals import ReadFile
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.record import field_names
from sencoapp.domain.refusals import Fault
from sencoapp.exchange import PupilFileReader

from .conftest import SAMPLES, TODAY


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["UPN", "Surname", "Forename", "DOB"])
    book.active.append(["N855200119042", "Hart", "Ada", "01/05/2015"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


SEEDS = [
    *(SAMPLES.joinpath("derived", name).read_bytes() for name in ("8552001_CTF_8554003_001.xml", "sims_superstarreport_pupils.xml")),
    *(each.read_bytes() for each in sorted((SAMPLES / "mis").iterdir())),
    _workbook(),
]
MUTATIONS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=12)), min_size=1, max_size=6)


def check(content: bytes) -> None:
    try:
        found = PupilFileReader().read("any.csv", content, today=TODAY)
    except Fault as fault:
        reference.explain(fault)
        return
    assert isinstance(found, ReadFile)
    left_out = {each.row for each in found.problems if each.severity == "error" and each.message.startswith("Row")}
    for arrival in found.arrivals:
        assert arrival.pupil["legal_surname"]
        assert arrival.pupil["legal_forename"]
        assert set(arrival.pupil) <= set(field_names(Pupil))
        assert arrival.row not in left_out
        for contact in arrival.contacts:
            assert set(contact) <= set(field_names(Contact)) - {"pupil"}
    for problem in found.problems:
        assert problem.message[0].isupper()
        assert len(problem.message) < 500


@given(st.binary(max_size=2000))
def test_any_bytes(content):
    check(content)


@given(
    st.sampled_from(
        [b"<", b"<CTfile>", b"PK\x03\x04", b"%PDF", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"UPN,Surname,Forename\n", b"{", b'"']
    ),
    st.binary(max_size=500),
)
def test_any_bytes_after_a_known_beginning(start, content):
    check(start + content)


@given(st.text(max_size=400), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_any_text_under_headings(text, encoding):
    check(("UPN,Surname,Forename,DOB,SEN Status,SEN Need,Rank\n" + text).encode(encoding, "replace"))


@settings(max_examples=200)
@given(st.sampled_from(SEEDS), MUTATIONS)
def test_samples_with_bytes_changed_lost_or_added(seed, mutations):
    content = bytearray(seed)
    for where, length, new in mutations:
        place = int(where * len(content))
        content[place : place + length] = new
    check(bytes(content))
