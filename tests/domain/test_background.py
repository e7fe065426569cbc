"""A pupil's attendance as one share, whoever prints it."""

from decimal import Decimal

import pytest

from sencoapp.domain.background import attendance_share


@pytest.mark.parametrize(
    ("possible", "attended", "share"),
    [(80, 1, "1.3"), (190, 190, "100.0"), (3, 2, "66.7"), (380, 0, "0.0"), (0, 0, None), (None, 4, None), (190, None, None)],
)
def test_a_share_has_one_place_and_half_of_a_tenth_counts_up(possible, attended, share):
    assert attendance_share(possible, attended) == (None if share is None else Decimal(share))
    assert share is None or str(attendance_share(possible, attended)) == share
