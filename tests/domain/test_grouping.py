"""Rising numbers as spans: nothing is lost and nothing is added."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.grouping import spans


@given(st.sets(st.integers(0, 40)))
def test_spans_hold_just_the_numbers_and_no_two_of_them_touch(numbers):
    found = spans(sorted(numbers))
    assert [each for first, last in found for each in range(first, last + 1)] == sorted(numbers)
    assert all(one[1] + 1 < other[0] for one, other in pairwise(found))
