"""The words of a page of a real PDF, with their places on the page as one sees it."""

import pytest

from sencoapp.documents import DocumentRoom
from sencoapp.domain.page_words import quote_of
from tests.documents.page_scans import pdf_of, scan
from tests.documents.paper_samples import report, turned

ROOM = DocumentRoom()


def test_words_come_in_order_and_lie_where_they_are_seen():
    words = ROOM.page_words(report(2, "Speech and language report"), 1)
    text = quote_of(words)
    assert "Speech and language report" in text
    title = next(each for each in words if each.text == "Speech")
    assert 0 < title.box.left < title.box.right < 1
    assert 0 < title.box.top < title.box.bottom < 0.4, "the title stands at the top"
    lines = [each.line for each in words]
    assert lines == sorted(lines)
    assert len(set(lines)) > 3


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_has_its_words_where_one_sees_them(degrees):
    straight = ROOM.page_words(report(1, "Report"), 1)
    seen = ROOM.page_words(turned(report(1, "Report"), degrees), 1)
    assert sorted(each.text for each in seen) == sorted(each.text for each in straight)
    first, other = (next(each.box for each in words if each.text == "Report") for words in (straight, seen))
    wanted = {
        90: (1 - first.bottom, first.left),
        180: (1 - first.right, 1 - first.bottom),
        270: (first.top, 1 - first.right),
    }[degrees]
    assert (other.left, other.top) == pytest.approx(wanted, abs=0.003)


def test_a_picture_has_no_words_and_a_page_that_is_not_there_none_either():
    assert ROOM.page_words(pdf_of(scan(100)), 1) == ()
    assert ROOM.page_words(report(1, "Report"), 2) == ()
    assert ROOM.page_words(b"no pdf", 1) == ()
