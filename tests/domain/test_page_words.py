"""Picking words of a page: in reading order, whole at the ends of lines, and wherever one points."""

from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.page_words import PageWord, Picked, moved, places_of, quote_of, word_at
from sencoapp.domain.report_marks import Box, box_of

STEPS = ("left", "right", "up", "down", "line_start", "line_end")


def page(*lines: str) -> list[PageWord]:
    words = []
    for line, text in enumerate(lines):
        across = 0.1
        for each in text.split():
            wide = 0.01 * len(each)
            words.append(PageWord(each, Box(across, 0.1 + line * 0.05, across + wide, 0.13 + line * 0.05), line))
            across += wide + 0.01
    return words


WORDS = page("Kian understands two", "words at a time and", "needs pic-", "tures beside them.")


def test_a_quotation_reads_as_it_stands_and_a_broken_word_is_whole():
    assert quote_of(WORDS) == "Kian understands two words at a time and needs pictures beside them."
    assert quote_of(page("He scored -", "which is low")) == "He scored - which is low"
    assert quote_of(page("Smith-", "Jones came")) == "Smith- Jones came", "a name keeps its hyphen"
    assert quote_of([]) == ""


def test_what_is_picked_backwards_is_the_same():
    assert Picked(5, 2).of(WORDS) == Picked(2, 5).of(WORDS)


def test_one_rectangle_a_line():
    boxes = places_of(WORDS[1:5])
    assert len(boxes) == 2
    assert boxes[0].left == WORDS[1].box.left
    assert boxes[0].right == WORDS[2].box.right


def test_one_points_at_the_nearest_word():
    assert word_at(WORDS, 0.0, 0.0) == 0
    assert word_at(WORDS, 1.0, 1.0) == len(WORDS) - 1
    assert WORDS[word_at(WORDS, WORDS[4].box.left, WORDS[4].box.top)] == WORDS[4]
    assert word_at([], 0.5, 0.5) is None


def test_the_keyboard_goes_by_words_and_lines():
    assert moved(WORDS, 0, "right") == 1
    assert moved(WORDS, 0, "left") == 0
    assert WORDS[moved(WORDS, 0, "line_end")].text == "two"
    down = WORDS[moved(WORDS, 0, "down")]
    assert (down.text, down.line) == ("words", 1)
    assert moved(WORDS, 0, "up") == 0
    assert moved([], 0, "down") == 0


boxes = st.tuples(*[st.floats(0, 1)] * 4).map(
    lambda each: Box(min(each[0], each[2]), min(each[1], each[3]), max(each[0], each[2]), max(each[1], each[3]))
)


@given(boxes)
def test_a_place_is_kept_to_a_thousandth_of_the_page(box):
    found = box_of(box.as_kept())
    for one, other in zip((box.left, box.top, box.right, box.bottom), (found.left, found.top, found.right, found.bottom), strict=True):
        assert abs(one - other) <= 0.0005 + 1e-9


@given(st.integers(0, len(WORDS) - 1), st.lists(st.sampled_from(STEPS), max_size=12))
def test_no_step_leads_off_the_page_and_lines_come_in_order(at, steps):
    for step in steps:
        before, at = at, moved(WORDS, at, step)
        assert 0 <= at < len(WORDS)
        assert step != "down" or WORDS[at].line >= WORDS[before].line
        assert step != "up" or WORDS[at].line <= WORDS[before].line


@given(st.integers(0, len(WORDS) - 1), st.integers(0, len(WORDS) - 1))
def test_every_picked_word_is_in_the_quotation_and_within_its_rectangles(anchor, end):
    chosen = Picked(anchor, end).of(WORDS)
    places = places_of(chosen)
    for each in chosen:
        assert any(box.left <= each.box.left and box.right >= each.box.right and box.top <= each.box.top for box in places)
    assert len(quote_of(chosen)) >= max(len(each.text) - 1 for each in chosen)
