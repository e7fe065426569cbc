"""Words and pages of every document are as they were, until somebody means to change them (``golden`` says how)."""

import pytest
from PIL import Image

from sencoapp.documents import DocumentRoom
from tests.documents import every_document, golden
from tests.documents.every_document import USUAL, paper

ADVICE = "If this is meant: python -m tests.documents.golden, then look at what changed."


@pytest.mark.parametrize(("method", "variant"), USUAL)
def test_a_document_says_what_it_said(method, variant):
    words = golden.words_of(paper(method, variant))
    assert words == golden.place_of(method, variant, "txt").read_text("utf-8"), ADVICE


@pytest.mark.parametrize(("method", "variant"), USUAL)
def test_the_pages_of_a_document_look_as_they_looked(method, variant):
    with Image.open(golden.place_of(method, variant, "png")) as kept:
        changed = golden.difference(golden.look_of(paper(method, variant)), kept.convert("L"))
    assert changed <= golden.MOST, ADVICE


def test_nothing_is_kept_of_a_document_that_is_no_longer_made():
    kept = {each.name for each in golden.FOLDER.iterdir()}
    assert kept == {golden.place_of(*each, ending).name for each in USUAL for ending in ("txt", "png")}


def test_a_changed_word_and_a_moved_line_would_be_told():
    as_it_was = paper("letter", "usual")
    letter = every_document.letter()
    other = DocumentRoom().letter({**letter, "salutation": "Dear Mr Osei"})
    assert golden.words_of(other) != golden.words_of(as_it_was)
    moved = DocumentRoom().letter({**letter, "address": letter["address"][:2]})
    assert golden.difference(golden.look_of(moved), golden.look_of(as_it_was)) > golden.MOST * 2


def test_another_computer_s_rounding_is_not_told():
    as_it_was = golden.look_of(paper("request_pack", "usual"))
    rounded = as_it_was.point(lambda shade: max(0, min(255, shade + (12 if shade % 2 else -12))))
    assert golden.difference(rounded, as_it_was) <= golden.MOST
