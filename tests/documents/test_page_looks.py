"""What is measured on the pages of evidence: on pages made to be read, and on pages made worse on purpose."""

import pytest

from sencoapp import reference
from sencoapp.documents import DocumentRoom
from sencoapp.domain.page_look import PageLook, in_ranges, troubles
from sencoapp.domain.refusals import Fault
from tests.documents.page_scans import pdf_of, scan
from tests.documents.paper_samples import photo, report

RULES = reference.data("rules", "scans.json")
ROOM = DocumentRoom()


def found(content: bytes, kind: str = "application/pdf") -> dict[str, tuple[int, ...]]:
    return dict(troubles(ROOM.look_at(kind, content), RULES))


def test_written_pages_are_read_and_their_words_are_known():
    look = ROOM.look_at("application/pdf", report(3, "Speech and language report"))
    assert len(look.pages) == 3
    assert all(each.letters > 100 for each in look.pages)
    assert look.text_sha256
    assert troubles(look, RULES) == {}


def test_a_scan_without_a_text_layer_is_told_by_its_pages():
    good = scan(200)
    assert found(pdf_of("A cover with words enough to read", good, good)) == {"no_text": (2, 3)}


@pytest.mark.parametrize(("dots", "trouble"), [(300, "no_text"), (150, "no_text"), (120, "coarse"), (72, "coarse")])
def test_a_scan_with_few_dots_is_coarse(dots, trouble):
    assert found(pdf_of(scan(dots))) == {trouble: (1,)}


@pytest.mark.parametrize(("ink", "trouble"), [(20, "no_text"), (120, "no_text"), (205, "pale"), (235, "pale")])
def test_a_scan_with_little_ink_is_pale(ink, trouble):
    assert found(pdf_of(scan(200, ink=ink))) == {trouble: (1,)}


def test_a_fax_on_grey_paper_is_pale_too():
    assert found(pdf_of(scan(200, ink=90, paper=130))) == {"pale": (1,)}


def test_a_page_with_one_line_of_black_writing_is_not_pale():
    assert found(pdf_of(scan(200, lines=2))) == {"no_text": (1,)}


def test_an_empty_page_is_empty_and_nothing_else():
    assert found(pdf_of(scan(200, lines=0))) == {"blank": (1,)}
    assert found(pdf_of("")) == {"blank": (1,)}


def test_a_page_that_lies_on_its_side_is_measured_the_same():
    look = ROOM.look_at("application/pdf", pdf_of(scan(200, side=True)))
    assert look.pages[0].dots is not None
    assert look.pages[0].dots >= RULES["least_dots_per_inch"]


def test_a_photo_needs_no_text_and_a_tiny_one_is_coarse():
    assert found(photo(2400, 1800), "image/jpeg") == {}
    assert found(photo(300, 200), "image/jpeg") == {"coarse": (1,)}


def test_the_same_words_in_another_file_have_the_same_digest():
    one, other = report(2, "Report"), report(2, "Report") + b"\n% again"
    assert one != other
    assert ROOM.look_at("application/pdf", one).text_sha256 == ROOM.look_at("application/pdf", other).text_sha256
    assert ROOM.look_at("application/pdf", report(2, "Another")).text_sha256 != ROOM.look_at("application/pdf", one).text_sha256


def test_a_few_words_are_not_compared():
    assert ROOM.look_at("application/pdf", pdf_of("Consent form")).text_sha256 is None


@pytest.mark.parametrize(("kind", "content"), [("application/pdf", b"%PDF-1.7 no more"), ("image/png", b"\x89PNG\r\n\x1a\nno")])
def test_a_file_that_cannot_be_opened_is_damaged(kind, content):
    assert ROOM.look_at(kind, content).damaged


def test_a_look_is_stopped_between_two_pages():
    with pytest.raises(Fault, match="look_stopped"):
        ROOM.look_at("application/pdf", report(3, "Report"), cancelled=lambda: True)


def test_pages_are_named_in_ranges():
    assert in_ranges((2, 3, 4, 7)) == "2 to 4, 7"
    assert in_ranges((5,)) == "5"


def test_a_page_is_named_once_for_the_worst_of_it():
    from sencoapp.domain.page_look import FileLook

    both = FileLook((PageLook(0, 1.0, 60, 30),))
    assert troubles(both, RULES) == {"pale": (1,)}
