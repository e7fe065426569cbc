"""The statement of a request: drafted from the record, each sentence with what it rests on, then a person's own."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.casework import Request
from sencoapp.domain.plan import Outcome
from sencoapp.domain.provision import ProvisionPlace
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.statement import HEADINGS, Drafted, Source, StatementSentence, shown
from sencoapp.services import plans, provision, pupils, requests, statement
from sencoapp.services.statement_draft import drafted_sentences
from tests.documents.reading import page_texts
from tests.places import add_pupil

TARGET = {"text": "Reads 40 words a minute", "baseline": "12 words", "target": "40 words", "measure": "Word list"}


@pytest.fixture
def pupil(place):
    made = add_pupil(place, strengths="Draws from memory")
    pupils.add_need(place.session, made.id, "SEMH", description="Understands two words at a time.")
    return made


@pytest.fixture
def outcome(place, pupil):
    cycle, _ = plans.start_cycle(place.session, pupil.id)
    found, _ = plans.add_outcome(place.session, cycle.id, TARGET)
    values = {"result": "31 words", "rating": "nearly"}
    place.session.record.save([Amend(Outcome, found.id, values)], action="review", actor=place.session.actor)
    return place.session.record.get(Outcome, found.id)


@pytest.fixture
def request_(place, pupil, outcome):
    return requests.start_request(place.session, pupil.id)[0]


def page_of(place, request):
    return statement.statement_page(place.session, request)


def under(page, heading):
    return next(each for each in page.headings if each.heading == heading)


def provide(place, pupil):
    values = {
        "title": "Phonics group", "delivered_by": "Mrs Lacey", "sessions_per_week": 2, "minutes": 20, "weeks": 30,
        "group_size": 3, "pence_per_hour": 1720, "starts_on": date(2026, 9, 7), "wave": "targeted",
    }  # fmt: skip
    return provision.add_provision(place.session, values, [pupil.id])[0]


def test_the_weeks_of_one_who_joined_later_are_those_of_their_cost(place, pupil):
    made = provide(place, pupil)
    late = add_pupil(place, "Brennan", "Ava")
    provision.join_provision(place.session, made.id, late.id)
    (joined,) = place.session.record.find(ProvisionPlace, pupil=late.id)
    provision.change_place(place.session, joined.id, starts_on=date(2026, 11, 16), ends_on=None)
    (said,) = [each.text for each in drafted_sentences(place.session, late.id) if each.key.startswith("provision:")]
    row = provision.pupil_map(place.session, late.id)["rows"][0]
    weeks = provision.weeks_words(row)
    assert weeks != "30"
    assert f"over {weeks} weeks" in said
    assert f"× {weeks} weeks" in row["formula"]


def test_the_draft_follows_the_code_and_every_sentence_names_its_thing(place, pupil, outcome):
    provide(place, pupil)
    found = drafted_sentences(place.session, pupil.id)
    assert [each.heading for each in found] == sorted((each.heading for each in found), key=HEADINGS.index)
    by_key = {each.key: each for each in found}
    first = by_key[f"outcome:{outcome.id}"]
    assert first.text.startswith("Outcome sought: Reads 40 words a minute; from 12 words on ")
    assert "aim: 40 words; reached: 31 words; nearly met." in first.text
    assert first.source == Source("plan, cycle 1, outcome 1", "plan")
    assert {"needs", "action", "extra", "progress"} <= {each.heading for each in found}
    assert any("Understands two words at a time." in each.text for each in found if each.key.startswith("sen_need:"))
    assert any("Phonics group, by Mrs Lacey: 2 times a week for 20 minutes over 30 weeks, in a group of 3" in each.text for each in found)
    for each in found:
        assert each.source.words
        assert each.source.tab
        assert each.text.endswith((".", "!", "?"))
        assert "{" not in each.text


def test_nothing_is_kept_until_somebody_takes_it_over(place, request_):
    page = page_of(place, request_)
    assert page.kept == 0
    assert page.new > 0
    assert page.owner == ""
    assert "statement" not in requests.snapshot_of(place.session, request_, 1)


def test_what_is_taken_over_has_an_owner_and_a_day(place, request_):
    statement.take_over(place.session, request_.id)
    page = page_of(place, request_)
    assert page.new == 0
    assert page.owner.startswith(place.session.actor.name)
    assert all(each.state == "as_drafted" for heading in page.headings for each in heading.kept)


def test_a_persons_words_stand_when_the_record_changes_and_what_changed_is_shown(place, request_, outcome):
    statement.take_over(place.session, request_.id)
    mine = next(each for each in under(page_of(place, request_), "progress").kept if each.sentence.rests_on == f"outcome:{outcome.id}")
    statement.write_sentence(place.session, mine.sentence.id, "Kian reads 31 words now; he began with 12.")
    assert under(page_of(place, request_), "progress").kept[0].state == "own_words"
    place.session.record.save([Amend(Outcome, outcome.id, {"result": "35 words"})], action="review", actor=place.session.actor)
    now = under(page_of(place, request_), "progress").kept[0]
    assert now.state == "record_changed"
    assert now.sentence.text == "Kian reads 31 words now; he began with 12."
    assert "reached: 35 words" in now.drafted.text
    statement.keep_mine(place.session, now.sentence.id)
    assert under(page_of(place, request_), "progress").kept[0].state == "own_words"
    statement.follow_record(place.session, now.sentence.id)
    after = under(page_of(place, request_), "progress").kept[0]
    assert (after.state, after.sentence.text) == ("as_drafted", now.drafted.text)


def test_what_is_new_since_is_offered_and_taken_one_by_one_or_left_out_for_good(place, pupil, request_):
    statement.take_over(place.session, request_.id)
    provide(place, pupil)
    new = under(page_of(place, request_), "extra").new
    assert len(new) == 2
    statement.take_over(place.session, request_.id, [new[0].key])
    statement.leave_out(place.session, request_.id, new[1].key)
    heading = under(page_of(place, request_), "extra")
    assert [each.sentence.rests_on for each in heading.kept] == [new[0].key]
    assert [each.sentence.rests_on for each in heading.left_out] == [new[1].key]
    assert heading.new == ()
    statement.set_aside(place.session, heading.left_out[0].sentence.id, aside=False)
    assert len(under(page_of(place, request_), "extra").kept) == 2


def test_a_sentence_whose_thing_was_removed_stays_and_says_so(place, request_, outcome):
    statement.take_over(place.session, request_.id)
    plans.remove_outcome(place.session, outcome.id)
    assert under(page_of(place, request_), "progress").kept[0].state == "source_gone"


def test_ones_own_sentences_are_added_moved_and_taken_away(place, request_):
    one, _ = statement.add_sentence(place.session, request_.id, "health", "He sleeps badly.")
    two, _ = statement.add_sentence(place.session, request_.id, "health", "His hearing is being tested.")
    statement.move_sentence(place.session, two.id, -1)
    assert [each.sentence.id for each in under(page_of(place, request_), "health").kept] == [two.id, one.id]
    statement.move_sentence(place.session, two.id, -1)
    statement.remove_sentence(place.session, one.id)
    assert [each.state for each in under(page_of(place, request_), "health").kept] == ["own"]
    for words in ("", "  "):
        with pytest.raises(Refusal, match="sentence_needs_words"):
            statement.write_sentence(place.session, two.id, words)


def test_a_sent_request_takes_no_more_words(place, request_):
    place.session.record.save([Amend(Request, request_.id, {"state": "sent"})], action="submit", actor=place.session.actor)
    for deed in (
        lambda: statement.take_over(place.session, request_.id),
        lambda: statement.add_sentence(place.session, request_.id, "needs", "More."),
    ):
        with pytest.raises(Refusal, match="request_is_sent"):
            deed()


def test_the_pack_prints_it_numbered_with_sources_and_who_owns_it(place, request_):
    statement.take_over(place.session, request_.id)
    statement.add_sentence(place.session, request_.id, "health", "He sleeps badly.")
    pack, _ = requests.freeze(place.session, place.documents, request_.id)
    _, pdf = requests.read_pack(place.session, pack.id)
    words = " ".join(" ".join(page_texts(pdf)).split())
    assert "Statement of the request" in words
    assert "The statement of this request is section" in words
    assert "Attainment and rate of progress" in words
    assert "(plan, cycle 1, outcome 1)" in words
    assert "He sleeps badly. (the school's own words)" in words
    assert f"read and put into words by {place.session.actor.name}" in words


def test_changing_a_sentence_makes_the_pack_an_earlier_one_and_the_sign_off_void(place, request_):
    statement.take_over(place.session, request_.id)
    pack, _ = requests.freeze(place.session, place.documents, request_.id)
    request = place.session.record.get(Request, request_.id)
    assert requests.is_current(place.session, pack, requests.snapshot_of(place.session, request, 2))
    statement.add_sentence(place.session, request_.id, "health", "He sleeps badly.")
    assert not requests.is_current(place.session, pack, requests.snapshot_of(place.session, request, 2))
    json.dumps(requests.snapshot_of(place.session, request, 2)["statement"])


texts = st.text(min_size=1, max_size=8)
drafts = st.lists(
    st.builds(Drafted, texts, st.sampled_from(HEADINGS), texts, st.just(Source("plan", "plan"))),
    max_size=6,
    unique_by=lambda each: each.key,
)


@given(drafts, drafts, st.lists(st.tuples(st.integers(0, 5), texts), max_size=4))
def test_renewing_never_loses_a_persons_words_and_never_hides_what_is_new(before, after, written):
    kept = [
        StatementSentence(str(place), "p", "r", each.heading, place, each.text, "s", date(2026, 11, 2), each.key, each.text)
        for place, each in enumerate(before)
    ]
    for place, words in written:
        if place < len(kept):
            kept[place] = replace(kept[place], text=words)
    found = shown(after, kept)
    stands = {each.sentence.id: each.sentence.text for heading in found for each in heading.kept}
    assert stands == {each.id: each.text for each in kept}
    new = {each.key for heading in found for each in heading.new}
    assert new == {each.key for each in after} - {each.key for each in before}
    for heading in found:
        for each in heading.kept:
            same = next((one for one in after if one.key == each.sentence.rests_on), None)
            assert (each.state == "source_gone") is (same is None)
            assert (each.state == "record_changed") is (same is not None and same.text != each.sentence.drafted)
