"""A pupil's UPN and ULN, and why there is no UPN."""

import pytest

from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Refusal
from sencoapp.services import pupils, undoing
from sencoapp.services.cbds import pupil_names
from tests.places import add_pupil

RIGHT = "R201100018042"


def changed(place, pupil, **values):
    shown = place.session.record.get(Pupil, pupil.id)
    given = {"upn": shown.upn, "uln": shown.uln, "upn_unknown": shown.upn_unknown, **values}
    saved = pupils.change_numbers(place.session, shown, **given)
    return place.session.record.get(Pupil, pupil.id), saved


def test_the_reason_counts_until_there_is_a_upn(place):
    pupil = add_pupil(place, upn=None)
    without, _ = changed(place, pupil, upn_unknown="UN3")
    assert (without.why_no_upn, pupil_names(without).get("UPNunknown")) == ("UN3", "UN3")
    found, saved = changed(place, pupil, upn=" r2011-0001 8042 ", upn_unknown="UN3")
    assert (found.upn, found.upn_unknown, found.why_no_upn) == (RIGHT, None, None)
    assert "UPNunknown" not in pupil_names(found)
    undoing.undo(place.session, saved.save)
    assert place.session.record.get(Pupil, pupil.id).why_no_upn == "UN3"


def test_a_reason_that_an_import_left_beside_a_upn_is_told_to_nobody(place):
    pupil = add_pupil(place, upn=RIGHT, upn_unknown="UN1")
    assert pupil.why_no_upn is None
    assert pupil_names(pupil).get("UPNunknown") is None


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"upn": "R20110001804"}, "upn_form_is_wrong"),
        ({"upn": "I201100018042"}, "upn_form_is_wrong"),
        ({"uln": "9999375359"}, "uln_is_wrong"),
        ({"upn_unknown": "UN4"}, "no_such_code"),
    ],
)
def test_what_no_register_holds_is_refused_and_changes_nothing(place, values, key):
    pupil = add_pupil(place, upn=None)
    with pytest.raises(Refusal) as refused:
        changed(place, pupil, **values)
    assert refused.value.key == key
    assert place.session.record.get(Pupil, pupil.id) == pupil


def test_a_upn_is_one_pupils_and_its_letter_may_be_wrong(place):
    first, second = add_pupil(place, upn=None), add_pupil(place, "Brennan", "Ava", upn=None)
    assert changed(place, first, upn="A201100018042")[0].upn == "A201100018042"
    with pytest.raises(Refusal, match="upn_is_of_another"):
        changed(place, second, upn="A201100018042")
