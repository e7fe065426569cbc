"""The page "Activity" tells in plain words who did what: the trail and the saves of consequence, in order of time."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sencoapp import reference
from sencoapp.domain.activity import SAVES_OF_CONSEQUENCE, ActivityQuery
from sencoapp.domain.plan import Observation
from sencoapp.domain.record import New
from sencoapp.domain.refusals import Refusal
from sencoapp.services import access, keeping, staff, trail
from sencoapp.services.documents import record_disclosure
from tests.house.tree import CODE, modules
from tests.places import TODAY, add_pupil, set_clock
from tests.services.people_of_the_school import TwoClasses, a_thing


def sentences(session, **query):
    return [each.sentence for each in trail.activity(session, ActivityQuery(**query))]


def test_what_was_done_is_told_newest_first(place):
    pupil = add_pupil(place)
    for number, deed in enumerate(
        (
            lambda: staff.add_staff(place.session, "Mr Tom Reid", "teacher", classes=("4M",)),
            lambda: record_disclosure(place.session, "Provision map", b"x", recipient="Mrs Osei", purpose="Asked for", pupil=pupil.id),
            lambda: place.session.record.note("viewed_confidential", actor=place.session.actor, pupil=pupil.id, thing="document", id="d"),
            lambda: keeping.rebuild(place.session),
        )
    ):
        set_clock(place, TODAY + timedelta(minutes=number + 1))
        deed()
    lines = trail.activity(place.session, ActivityQuery())
    assert [each.sentence for each in lines][:4] == [
        f"Made the tables again from {place.session.record.position()} saves",
        "Read something confidential: a document",
        "Gave out “Provision map” to Mrs Osei: Asked for",
        "Added Mr Tom Reid to the staff",
    ]
    assert lines[1].about == "Kian Osei"
    assert lines[0].about == ""
    assert all(each.who == "Mrs Ruth Adeyemi" for each in lines)


def test_a_role_change_says_which_role_it_was_then(place):
    person, _ = staff.add_staff(place.session, "Mr Tom Reid", "teacher")
    staff.change_role(place.session, person.id, "deputy_senco")
    set_clock(place, TODAY + timedelta(hours=1))
    staff.change_role(place.session, person.id, "teacher", ("4M",))
    assert sentences(place.session, what=("change_role",)) == ["Changed Mr Tom Reid, now Teacher", "Changed Mr Tom Reid, now Deputy SENCO"]


def test_an_import_is_one_line_with_its_count(place):
    new = place.session.ids.new
    pupils = [add_pupil(place, f"Child{n}") for n in range(2)]
    notes = [New(a_thing(Observation, place, each, id=new())) for each in pupils]
    place.session.record.save(notes, action="import", actor=place.session.actor)
    [line] = list(trail.activity(place.session, ActivityQuery(what=("import",))))
    assert line.sentence == "Imported pupils: 2 were added or changed"
    assert sentences(place.session, what=("import",), pupil=pupils[1].id) != []


def test_pages_follow_each_other_without_gap_or_overlap(place):
    for number in range(25):
        set_clock(place, TODAY + timedelta(minutes=number // 3))  # several in one minute
        place.session.record.note("verified", actor=place.session.actor, sound=number, parts=number)
        if number % 4 == 0:
            record_disclosure(place.session, f"Map {number}", b"x", recipient="Office", purpose="Asked for")
    whole = trail.activity(place.session, ActivityQuery(), limit=1000)
    paged, before = [], None
    while page := trail.activity(place.session, ActivityQuery(), limit=4, before=before):
        paged += page
        before = page[-1].mark
    assert paged == whole
    assert [each.at for each in whole] == sorted((each.at for each in whole), reverse=True)


def test_it_is_found_by_person_pupil_kind_and_day(place):
    school = TwoClasses(place)
    teacher = school.session("teacher")
    teacher.record.note("viewed_confidential", actor=teacher.actor, pupil=school.own.id, thing="observation")
    set_clock(place, TODAY + timedelta(days=3))
    place.session.record.note("viewed_confidential", actor=place.session.actor, pupil=school.other.id, thing="view")
    assert [each.who for each in trail.activity(place.session, ActivityQuery(by=teacher.actor.id))] == ["teacher at school"]
    assert sentences(place.session, pupil=school.other.id, what=("viewed_confidential",)) == ["Read something confidential: a view"]
    assert len(sentences(place.session, what=trail.KINDS_OF_ACTIVITY["views"])) == 2
    assert sentences(place.session, since=TODAY.date() + timedelta(days=1)) == ["Read something confidential: a view"]
    assert sentences(place.session, until=date(2020, 1, 1)) == []


def test_an_erased_pupil_has_no_name_any_more(place):
    place.session.record.note("viewed_confidential", actor=place.session.actor, pupil="gone", thing="view")
    assert trail.activity(place.session, ActivityQuery(pupil="gone"))[0].about == "An erased pupil"


@pytest.mark.parametrize("role", ["teacher", "teaching_assistant", "office"])
def test_only_those_who_may_read_it(place, role):
    session = TwoClasses(place).session(role)
    with pytest.raises(Refusal, match="not_for_your_role"):
        trail.activity(session, ActivityQuery())
    with pytest.raises(Refusal, match="not_for_your_role"):
        trail.activity_list(session, ActivityQuery())
    assert session.record.activity(ActivityQuery()) == []
    assert session.record.trail() == []


def test_the_head_reads_it(place):
    assert trail.activity(TwoClasses(place).session("head_teacher"), ActivityQuery())


def test_the_list_for_a_file_has_every_line(place):
    for number in range(3):
        place.session.record.note("verified", actor=place.session.actor, sound=number, parts=3)
    content = trail.activity_list(place.session, ActivityQuery(what=("verified",)))
    assert content.headings == ("When", "Who", "What", "About")
    assert len(content.rows) == 3
    with pytest.raises(Refusal, match="nothing_to_export"):
        trail.activity_list(place.session, ActivityQuery(until=date(2000, 1, 1)))


def test_everything_that_is_noted_has_its_sentence():
    noted = set()
    for path in modules(*CODE):
        noted |= set(re.findall(r"\.note\(\s*\"([a-z_]+)\"", path.read_text("utf-8")))
    noted |= {each for kind in trail.KINDS_OF_ACTIVITY.values() for each in kind} - set(SAVES_OF_CONSEQUENCE)
    missing = []
    for key in (*sorted(noted), *(f"save_{each}" for each in SAVES_OF_CONSEQUENCE)):
        try:
            reference.say(f"trail.{key}")
        except KeyError:
            missing.append(key)
    assert not missing, f"Add these to resources/wording/trail.toml: {missing}"


@pytest.mark.parametrize(
    ("count", "words"), [(1, "Tried a wrong passphrase on 24 November 2026 at"), (3, "Tried a wrong passphrase 3 times, from")]
)
def test_a_wrong_passphrase_is_told_of_nobody_in_particular(place, count, words):
    now = place.session.clock.now().isoformat()
    place.note("unlock_failed", count=count, first=now, last=now)
    line = trail.activity(place.session, ActivityQuery(), limit=1)[0]
    assert line.sentence.startswith(words)
    assert line.who == "Not known"


def test_backups_and_what_is_decided_of_a_copy_are_told(place, tmp_path):
    kian = add_pupil(place)
    place.back_up(tmp_path / "one.senbackup")
    place.choose_backup_folder(tmp_path)
    request, _ = access.begin(place.session, kian.id, "educational_record", "Ms Osei", date(2026, 11, 20))
    access.close_without(place.session, request.id, "She took it back.")
    assert {
        "Closed a request for a copy without giving one",
        "Noted that somebody asks for a copy of a record",
        "Decided where backups are copied to",
        "Wrote a backup of the whole record into a file",
    } <= set(sentences(place.session))


def test_an_entry_of_a_newer_program_is_told_by_its_name(place):
    place.session.record.note("moved_to_the_moon", actor=place.session.actor)
    assert sentences(place.session, what=("moved_to_the_moon",)) == ["Moved to the moon"]


def test_a_fact_that_is_not_there_leaves_a_gap_and_no_error(place):
    place.session.record.note("verified", actor=place.session.actor)
    assert sentences(place.session, what=("verified",)) == ["Checked that the record is whole: … of … parts are"]
    assert replace(trail.activity(place.session, ActivityQuery())[0], about="x").about == "x"
