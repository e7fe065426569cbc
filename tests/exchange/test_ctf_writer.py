"""What is written as a CTF is what this room reads from it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sencoapp.domain.lists import PupilForTransfer, TransferContent
from sencoapp.domain.people import Contact, Pupil, School, SenNeed, SenStatus
from sencoapp.exchange import PupilFileReader

SCHOOL = School("s", "Barrowby & Sons Primary", "primary", "leicestershire", urn="123456", dfe_number="855/2001")
ADA = Pupil(
    "p",
    "Hart",
    "Ada",
    date(2015, 5, 1),
    upn="N855200119042",
    middle_names="May",
    sex="F",
    year="6",
    ethnicity="WBRI",
    first_language="ENG",
    address="12 High Street, Loughborough",
    postcode="LE11 9ZZ",
    medical_flag=False,
    looked_after=True,
    care_authority="855",
    sessions_possible=190,
    sessions_attended=168,
    attendance_year="2026",
    entry_on=date(2019, 9, 2),
)
STATUSES = (SenStatus("1", "p", "K", date(2022, 1, 10)), SenStatus("2", "p", "N", date(2020, 9, 3)))
NEEDS = (SenNeed("1", "p", "SEMH", 2, date(2024, 4, 15)), SenNeed("2", "p", "SLCN", 1, date(2022, 1, 10), date(2026, 1, 1)))
MOTHER = Contact("c", "p", 1, "Hart", "Eve", "Ms", "PAM", True, True, "07700 900123", "eve@example.org")
FATHER = Contact("d", "p", 2, "Hart", "Jon", relationship="PAF", parental_responsibility=False, address="1 Mill Lane, Leicester, LE1")


def content(*pupils, **more) -> TransferContent:
    return TransferContent(SCHOOL, datetime(2026, 11, 24, 10, tzinfo=UTC), 2026, pupils, **more)


def write(told: TransferContent, serial=1):
    return PupilFileReader().ctf(told, serial)


def test_everything_that_a_partial_ctf_carries_comes_back(read):
    found = read(write(content(PupilForTransfer(ADA, STATUSES, NEEDS, (FATHER, MOTHER))))[1])

    assert found.problems == ()
    (ada,) = found.arrivals
    for name, value in ada.pupil.items():
        assert getattr(ADA, name) == value, name
    unread = {"id", "mis_id", "reg_group", "free_school_meals", "entry_on"}
    assert {name for name, value in vars(ADA).items() if value not in (None, ())} - set(ada.pupil) <= unread
    assert [(each.code, each.starts_on) for each in ada.statuses] == [("N", date(2020, 9, 3)), ("K", date(2022, 1, 10))]
    assert [(each.sen_type, each.rank, each.starts_on, each.ends_on) for each in ada.needs] == [
        ("SLCN", 1, date(2022, 1, 10), date(2026, 1, 1)),
        ("SEMH", 2, date(2024, 4, 15), None),
    ]
    for told, contact in zip(ada.contacts, (MOTHER, FATHER), strict=True):
        for name, value in told.items():
            assert getattr(contact, name) == value, name


def test_the_file_is_named_by_its_schools_and_its_number():
    assert write(content(PupilForTransfer(ADA), destination="8554003"), 7)[0] == "8552001_CTF_8554003_007.xml"
    nowhere = replace(content(PupilForTransfer(ADA)), school=replace(SCHOOL, dfe_number=None))
    assert write(nowhere)[0] == "XXXXXXX_CTF_XXXXXXX_001.xml"


def test_the_header_says_whose_file_it_is_and_that_it_is_partial():
    made = write(content(PupilForTransfer(ADA), destination="8554003"))[1].decode()
    for part in ("<CTFversion>25.0<", "<DocumentQualifier>partial<", "<LEA>855<", "<Estab>2001<", "<Estab>4003<", "<AcademicYear>2026<"):
        assert part in made
    assert "<SchoolName>Barrowby &amp; Sons Primary<" in made


def test_what_has_no_place_in_a_ctf_is_left_out(read):
    odd = replace(ADA, upn="B12345", sex="?", ethnicity="Martian", year="99", legal_surname="Ha\x00rt\x1f", first_language=None)
    (ada,) = read(write(content(PupilForTransfer(odd, contacts=(replace(MOTHER, relationship="AUNT"),))))[1]).arrivals

    assert ada.pupil["legal_surname"] == "Hart"
    assert {"upn", "sex", "ethnicity", "year", "first_language"}.isdisjoint(ada.pupil)
    assert "relationship" not in ada.contacts[0]


def test_an_address_of_many_parts_or_of_one_part_twice_comes_back_as_it_was(read):
    for address in ("1, 2, 3, 4, 5, 6, 7", "Flat 1, Mill, Mill, Leicester", "a" * 100):
        (ada,) = read(write(content(PupilForTransfer(replace(ADA, address=address))))[1]).arrivals
        assert ada.pupil["address"] == address


def test_the_same_pupils_give_the_same_bytes():
    told = content(PupilForTransfer(ADA, STATUSES, NEEDS, (MOTHER,)))
    assert write(told) == write(told)
