"""The words that a person's spell-check knows: their own, and the names in the record."""

import pytest

from sencoapp.domain.refusals import Refusal
from sencoapp.services import spelling as services
from tests.places import add_pupil


def test_the_dictionary_of_a_person_keeps_each_word_once_and_has_an_end(place):
    add_pupil(place, "O'Neill-Osei", "Zoë")
    assert {"Zoë", "O'Neill", "Osei", "Ruth", "Adeyemi"} <= set(services.names_known(place.session))
    assert services.add_word(place.session, "numicon") == services.add_word(place.session, " numicon ") == ["numicon"]
    for wrong in ("", "two words", "x" * 61):
        with pytest.raises(Refusal, match="word_is_none"):
            services.add_word(place.session, wrong)
