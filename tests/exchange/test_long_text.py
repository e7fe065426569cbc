"""Text that is broken up by other elements is read in one go, however long it grows."""

from sencoapp.exchange.safe_xml import parse


def test_text_between_elements_is_kept_in_order():
    assert parse(b"<a>one <b>two</b>three <c/>four</a>").text == "one three four"


def test_a_text_in_very_many_pieces_costs_what_its_length_costs():
    """Joined piece by piece this copied twenty gigabytes."""
    pieces = 200_000
    assert len(parse(b"<a>" + b"word word word <b/>" * pieces + b"</a>").text or "") == 15 * pieces
