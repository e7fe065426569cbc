"""How long it is since a plan was reviewed, in words for lists: school weeks where the terms are known, weeks where they are not."""

from sencoapp import reference
from sencoapp.domain.reviews import WARN_WEEKS, ReviewState


def since_words(state: ReviewState) -> str:
    """ "13 school weeks without a review", or that twelve months have gone; empty before it is worth saying."""
    if state.kind == "ceiling":
        return reference.say("review.since_a_year")
    if state.weeks < WARN_WEEKS:
        return ""
    return reference.say("review.since_school_weeks" if state.counted_in_school_weeks else "review.since_weeks", weeks=state.weeks)
