"""What a pupil brings along: diagnoses, attendance by year, suspensions, earlier schools, a photo."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from sencoapp.documents.sample_reports import make_report
from sencoapp.domain.background import AttendanceYear, Diagnosis, PriorSchool, Suspension
from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services import background, documents, photos, undoing
from tests.places import add_pupil


@pytest.fixture
def kian(place):
    return add_pupil(place, sessions_possible=380, sessions_attended=370, attendance_year="2025").id


def of(place, pupil):
    return background.background_of(place.session.record, pupil)


def test_a_diagnosis_says_what_by_whom_when_and_where_it_is_written(place, kian):
    name, content = make_report(
        {"file": "letter.png", "form": "png", "text": "Diagnosis", "first": "Kian"},
    )
    paper, _ = documents.add_document(place.session, place.documents, kian, name, content)
    values = {"what": " Developmental language disorder ", "given_by": "Dr Shah", "given_on": date(2026, 3, 2), "document": paper.id}
    background.add_entry(place.session, Diagnosis, kian, values)
    (found,) = of(place, kian).diagnoses
    assert (found.what, found.given_by, found.document) == ("Developmental language disorder", "Dr Shah", paper.id)


def test_a_diagnosis_rests_on_a_paper_of_the_same_pupil(place, kian):
    other = add_pupil(place, "Swain", "Lottie").id
    name, content = make_report({"file": "letter.png", "form": "png", "text": "Diagnosis", "first": "Lottie"})
    paper, _ = documents.add_document(place.session, place.documents, other, name, content)
    with pytest.raises(Refusal, match="evidence_is_of_another_pupil"):
        background.add_entry(place.session, Diagnosis, kian, {"what": "ADHD", "document": paper.id})
    with pytest.raises(Refusal, match="diagnosis_needs_words"):
        background.add_entry(place.session, Diagnosis, kian, {})


def years(place, pupil):
    return [(each.year, each.sessions_attended) for each in of(place, pupil).attendance]


def test_attendance_stands_by_year_and_the_newest_is_the_pupils_present_one(place, kian):
    assert years(place, kian) == [("2025", 370)]
    background.add_entry(place.session, AttendanceYear, kian, {"year": "2024", "sessions_possible": 380, "sessions_attended": 350})
    assert years(place, kian) == [("2025", 370), ("2024", 350)]
    background.add_entry(place.session, AttendanceYear, kian, {"year": "2026", "sessions_possible": 120, "sessions_attended": 118})
    assert years(place, kian) == [("2026", 118), ("2025", 370), ("2024", 350)]
    pupil = place.session.record.get(Pupil, kian)
    assert (pupil.attendance_year, pupil.sessions_attended) == ("2026", 118)


def test_a_year_that_is_entered_again_is_corrected_not_doubled(place, kian):
    background.add_entry(place.session, AttendanceYear, kian, {"year": "2025", "sessions_possible": 380, "sessions_attended": 360})
    assert years(place, kian) == [("2025", 360)]
    assert place.session.record.get(Pupil, kian).sessions_attended == 360


def test_a_removed_year_comes_back_with_the_pupils_figures(place, kian):
    background.add_entry(place.session, AttendanceYear, kian, {"year": "2026", "sessions_possible": 120, "sessions_attended": 118})
    newest = of(place, kian).attendance[0]
    saved = background.remove_entry(place.session, AttendanceYear, newest.id)
    assert years(place, kian) == [("2025", 370)]
    undoing.undo(place.session, saved.save)
    assert years(place, kian)[0] == ("2026", 118)
    assert place.session.record.get(Pupil, kian).attendance_year == "2026"


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"year": "last"}, "school_year_not_understood"),
        ({"year": "2024"}, "sessions_do_not_add_up"),
        ({"year": "2024", "sessions_possible": 10, "sessions_attended": 11}, "sessions_do_not_add_up"),
        ({"year": "2024", "sessions_possible": 10, "sessions_attended": 9, "sessions_authorised": 2}, "sessions_do_not_add_up"),
    ],
)
def test_figures_that_cannot_be_are_refused(place, kian, values, key):
    with pytest.raises(Refusal, match=key):
        background.add_entry(place.session, AttendanceYear, kian, values)


def test_a_suspension_has_its_days_sessions_and_reasons(place, kian):
    values = {"starts_on": date(2026, 6, 8), "ends_on": date(2026, 6, 9), "sessions": 4, "reasons": ("DB", "VA")}
    background.add_entry(place.session, Suspension, kian, values)
    (found,) = of(place, kian).suspensions
    assert (found.kind, found.sessions, found.reasons) == ("SUSP", 4, ("DB", "VA"))
    with pytest.raises(Refusal, match="ends_before_it_starts"):
        background.change_entry(place.session, found, replace(found, ends_on=date(2026, 6, 1)))
    with pytest.raises(Refusal, match="day_is_missing"):
        background.add_entry(place.session, Suspension, kian, {})
    saved = background.remove_entry(place.session, Suspension, found.id)
    assert of(place, kian).suspensions == ()
    undoing.undo(place.session, saved.save)
    assert of(place, kian).suspensions == (found,)


def test_an_earlier_school_is_kept_with_its_number_tidied(place, kian):
    background.add_entry(place.session, PriorSchool, kian, {"name": "Hill Top Infants", "dfe_number": "855/2004", "leaving_reason": "PM"})
    assert of(place, kian).schools[0].dfe_number == "8552004"
    with pytest.raises(Refusal, match="dfe_number_has_seven_digits"):
        background.add_entry(place.session, PriorSchool, kian, {"name": "Hill Top Infants", "dfe_number": "855"})
    with pytest.raises(Refusal, match="school_needs_name"):
        background.add_entry(place.session, PriorSchool, kian, {})


# ---- the photo ------------------------------------------------------------------------------------------------------


def camera(width=3000, height=2000):
    """A photo as a phone writes it: large, on its side, with the place where it was taken."""
    picture = Image.new("RGB", (width, height), (200, 120, 60))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "CANARY-CAPTION"
    exif.get_ifd(0x8825)[2] = (52.0, 46.0, 0.0)
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"CANARY-COMMENT")
    return out.getvalue()


def test_a_photo_is_kept_small_upright_and_bare(place, kian):
    assert b"CANARY" in camera()
    photos.set_photo(place.session, place.documents, kian, "IMG_2026.jpg", camera())
    kept = photos.read_photo(place.session, kian)
    with Image.open(BytesIO(kept)) as picture:
        assert picture.size == (320, 480)
        assert not picture.getexif()
        assert "comment" not in picture.info
    assert b"CANARY" not in kept


def test_a_photo_is_replaced_removed_and_brought_back(place, kian):
    first, _ = photos.set_photo(place.session, place.documents, kian, "a.jpg", camera())
    second, saved = photos.set_photo(place.session, place.documents, kian, "b.jpg", camera(900, 900))
    assert photos.photo_of(place.session.record, kian) == second
    undoing.undo(place.session, saved.save)
    assert photos.photo_of(place.session.record, kian) == first
    saved = photos.remove_photo(place.session, first.id)
    assert photos.read_photo(place.session, kian) is None
    undoing.undo(place.session, saved.save)
    assert photos.photo_of(place.session.record, kian) == first


def test_verify_knows_the_sealed_file_of_a_photo(place, kian):
    photo, _ = photos.set_photo(place.session, place.documents, kian, "a.jpg", camera())
    assert all(each.sound for each in place.session.record.verify())
    digest = photo.blob.split(":")[2]
    next(place.profile.folder.rglob(digest)).unlink()
    assert [each.part for each in place.session.record.verify() if not each.sound] == ["files"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 no picture", b"just words", b"GIF89a", b"\xff\xd8\xff broken", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused(place, kian, content):
    with pytest.raises(Fault):
        photos.set_photo(place.session, place.documents, kian, "me.jpg", content)
    assert photos.photo_of(place.session.record, kian) is None
