"""The council's own form: taken in, mapped, filled from a request, and a newer version of it."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from sencoapp.domain.own_form import CarriedOver, FormPlace, Mapped, OwnForm, carried_over, option_for
from sencoapp.domain.people import Contact
from sencoapp.domain.provision import ProvisionPlace
from sencoapp.domain.record import New
from sencoapp.domain.refusals import Refusal
from sencoapp.services import own_forms, provision, requests
from sencoapp.services.drafts import kept_drafts
from sencoapp.services.own_form_words import record_words
from sencoapp.services.undoing import undo
from tests.documents.own_forms import word_forms
from tests.documents.own_forms.pdf_forms import drawn_form
from tests.places import add_pupil, new_place
from tests.services.test_provision import values

HERE = {"council": "leicestershire", "form": "ehc_needs_assessment"}


@pytest.fixture
def place(tmp_path):
    opened = new_place(tmp_path / "profile")
    yield opened
    opened.close()


def take_in(place, content, name="Request form.docx", **more):
    read = place.documents.read_own_form(name, content)
    return own_forms.keep_own_form(place.session, read, name, content, **{**HERE, **more})[0]


def mapped_by_label(place, own, by_label):
    page = own_forms.mapping_page(place.session, own.id)
    keys = {each.label: each for each in own.places}
    mapping = []
    for label, source in by_label.items():
        where = keys[label]
        columns = source[1] if isinstance(source, tuple) else ()
        mapping.append(Mapped(where.key, source[0] if isinstance(source, tuple) else source, columns))
    own_forms.save_mapping(place.session, page.own, mapping, as_of=page.position)


def test_a_form_is_mapped_once_and_filled_from_a_request(place):
    pupil = add_pupil(place, legal_surname="Nowak", legal_forename="Łucja", birth_date=date(2017, 5, 4), sex="F")
    mother = Contact(place.session.ids.new(), pupil.id, 1, "Nowak", "Ewa", "Mrs", parental_responsibility=True, phone="0116 496 0000")
    place.session.record.save([New(mother)], action="add_contact", actor=place.session.actor)
    request, _ = requests.start_request(place.session, pupil.id)
    requests.write_answer(place.session, request.id, "pupil_views", "I like maths.\nNot the noise.")
    own = take_in(place, word_forms.table_form())
    mapped_by_label(
        place,
        own,
        {
            "Legal surname": "fact:pupil.legal_surname",
            "Date of birth": "fact:pupil.birth_date",
            "Sex: Male": "tick:sex.M",
            "Sex: Female": "tick:sex.F",
            "What does the child say about school?": "question:pupil_views",
            "Name: Parent/carer 1": "fact:parent_1.name",
            "Telephone: Parent/carer 2": "fact:parent_2.phone",
            "Signed": "hand",
            "Home address": "empty",
        },
    )
    draft = own_forms.draft_filling(place.session, own.id, request.id)
    outcome = {each.place.label: each.outcome for each in draft.fillings}
    assert outcome["Legal surname"] == "filled"
    assert outcome["Sex: Male"] == "nothing_there"
    assert outcome["Telephone: Parent/carer 2"] == "nothing_there"
    assert outcome["Signed"] == "by_hand"
    assert outcome["Home address"] == "left_empty"
    assert outcome["UPN"] == "undecided"
    filled = Document(BytesIO(own_forms.fill(place.documents, draft).content))
    child, views, people = filled.tables[0], filled.tables[1], filled.tables[3]
    assert (child.cell(0, 1).text, child.cell(1, 1).text) == ("Nowak", "4 May 2017")
    assert child.cell(3, 1).text == "☐ Male   ☒ Female"
    assert views.cell(1, 0).text == "I like maths.\nNot the noise."
    assert people.cell(1, 1).text.endswith("Nowak")


def test_a_person_s_words_for_this_once_go_in_and_change_nothing_in_the_record(place):
    pupil = add_pupil(place)
    request, _ = requests.start_request(place.session, pupil.id)
    own = take_in(place, word_forms.table_form())
    mapped_by_label(place, own, {"Legal surname": "fact:pupil.legal_surname"})
    key = next(each.key for each in own.places if each.label == "Legal surname")
    draft = own_forms.draft_filling(place.session, own.id, request.id, written={key: "Osei, shortened"})
    assert draft.values == {key: "Osei, shortened"}
    assert own_forms.draft_filling(place.session, own.id, request.id).values == {key: pupil.legal_surname}


def test_the_weeks_of_one_who_joined_later_are_those_that_the_cost_is_worked_out_over(place):
    early, late = add_pupil(place), add_pupil(place, "Brennan", "Ava")
    made, _ = provision.add_provision(place.session, values(starts_on=date(2026, 9, 7)), [early.id])
    provision.join_provision(place.session, made.id, late.id)
    (joined,) = place.session.record.find(ProvisionPlace, pupil=late.id)
    provision.change_place(place.session, joined.id, starts_on=date(2026, 11, 16), ends_on=None)
    found = [record_words(place.session, requests.start_request(place.session, each.id)[0]).rows["provision"][0] for each in (early, late)]
    assert [each["weeks"] for each in found] == ["12", "4"]
    assert "× 4 weeks" in found[1]["formula"]


def test_what_is_likely_is_suggested_by_the_words_of_the_form(place):
    def likely(content, name="form.docx"):
        own = take_in(place, content, name)
        page = own_forms.mapping_page(place.session, own.id)
        assert all(own_forms.fits(each, page.suggested[each.key]) for each in own.places)
        return {each.label: page.suggested[each.key].source for each in own.places}, {
            each.label: page.suggested[each.key] for each in own.places
        }

    table, whole = likely(word_forms.table_form())
    assert table == {
        "Legal surname": "fact:pupil.legal_surname",
        "Legal first name(s)": "fact:pupil.legal_forename",
        "Date of birth": "fact:pupil.birth_date",
        "UPN": "fact:pupil.upn",
        "Home address": "fact:pupil.whole_address",
        "Sex: Male": "tick:sex.M",
        "Sex: Female": "tick:sex.F",
        "What does the child say about school?": "question:pupil_views",
        "Part 3: provision": "rows:provision",
        "Name: Parent/carer 1": "fact:parent_1.name",
        "Name: Parent/carer 2": "fact:parent_2.name",
        "Relationship: Parent/carer 1": "fact:parent_1.relationship",
        "Relationship: Parent/carer 2": "fact:parent_2.relationship",
        "Telephone: Parent/carer 1": "fact:parent_1.phone",
        "Telephone: Parent/carer 2": "fact:parent_2.phone",
        "Signed": "hand",
        "Date": "hand",
        "Any other information": "question:additional_information",
    }
    assert whole["Part 3: provision"].columns == ("title", "delivered_by", "often", "cost")
    drawn, _ = likely(drawn_form(), "form.pdf")
    assert drawn["Child's legal surname"] == "fact:pupil.legal_surname"
    assert drawn["Do the parents agree?"] == "fact:request.parents_agree"
    assert drawn["Primary need"] == "fact:pupil.primary_need"
    assert drawn["Reports are attached"] == "tick:evidence.report"
    assert drawn["What has been tried so far, and what came of it?"] == "question:support_so_far"
    numbered, whole = likely(word_forms.numbered_form())
    assert (numbered["Outcomes"], whole["Outcomes"].columns) == ("rows:outcomes", ("text", "by_on"))


def test_a_box_is_suggested_by_its_question_and_its_answer(place):
    form = Document()
    form.add_paragraph("Are the parents aware of this request? Yes ☐ No ☐")
    form.add_paragraph("☐ Communication and interaction")
    own = take_in(place, word_forms.saved(form))
    suggested = own_forms.mapping_page(place.session, own.id).suggested
    assert [suggested[each.key].source for each in own.places] == ["tick:parents_told.yes", "tick:parents_told.no", "tick:area.ci"]


def test_a_newer_version_brings_the_mapping_along_and_says_what_is_new_and_what_is_gone(place):
    first = take_in(place, word_forms.table_form())
    mapped_by_label(
        place,
        first,
        {"Legal surname": "fact:pupil.legal_surname", "Signed": "hand", "Part 3: provision": ("rows:provision", ("title", "", "", "cost"))},
    )
    with pytest.raises(Refusal, match="own_form_is_here_already"):
        take_in(place, word_forms.table_form())
    newer = Document(BytesIO(word_forms.table_form()))
    newer.tables[0].cell(1, 2).text = "NHS number"
    newer.tables[2].rows[0].cells[1].text = "Led by"
    second = take_in(place, word_forms.saved(newer))
    page = own_forms.mapping_page(place.session, second.id)
    assert second.follows == first.id
    assert page.earlier.id == first.id
    assert [each.label for each in page.carried.new] == ["NHS number"]
    assert [each.label for each in page.carried.gone] == ["UPN"]
    by_label = {each.label: page.mapping.get(each.key) for each in second.places}
    assert by_label["Legal surname"].source == "fact:pupil.legal_surname"
    assert by_label["Part 3: provision"].columns == ("title", "", "", "cost")
    other = take_in(place, word_forms.legacy_form(), "Another.docx")
    assert other.follows is None, "a form that is not alike is no version of it"


def test_a_mapping_that_cannot_be_is_refused_and_removing_can_be_undone(place):
    own = take_in(place, word_forms.table_form())
    tick = next(each for each in own.places if each.kind == "tick")
    with pytest.raises(Refusal, match="own_form_no_such_source"):
        own_forms.save_mapping(place.session, own, [Mapped(tick.key, "fact:pupil.upn")])
    saved = own_forms.remove_own_form(place.session, own.id)
    assert own_forms.own_forms(place.session.record) == []
    undo(place.session, saved.save)
    assert own_forms.own_forms(place.session.record, **HERE) == [own]


def test_the_file_is_kept_sealed_and_is_no_leftover(place):
    content = word_forms.table_form()
    own = take_in(place, content)
    assert place.session.blobs.read(own.blob) == content
    assert all(each.sound for each in place.profile.record.verify())


def test_choices_are_found_by_their_words():
    years = ("Year 3", "Year 4", "Year 5")
    assert option_for("Year 4", years) == "Year 4"
    assert option_for("4", years) == "Year 4"
    assert option_for("Female", ("M", "F")) == "F"
    assert option_for("Year", years) == "", "more than one could be meant"
    assert option_for("", years) == ""


def test_a_place_that_moved_under_another_heading_is_still_the_same():
    old = OwnForm(
        "a", "c", "f", "t", "n", "m", 1, "s", "b", None, (FormPlace("1", "text", "Name", "One"), FormPlace("2", "text", "Name", "Two"))
    )
    old = replace(old, mapping=(Mapped("1", "fact:pupil.name"), Mapped("2", "fact:parent_1.name")))
    now = (FormPlace("9", "text", "Name", "Two"), FormPlace("8", "text", "NAME:", "Part 1"), FormPlace("7", "tick", "Name", "One"))
    assert carried_over(old, now) == CarriedOver((Mapped("9", "fact:parent_1.name"), Mapped("8", "fact:pupil.name")), (now[2],), ())


def test_a_mapping_that_was_begun_is_told_in_words_among_the_drafts(place):
    own = take_in(place, word_forms.table_form())
    keys = {each.label: each.key for each in own.places}
    begun = {keys["Legal surname"]: ["fact:pupil.legal_surname", []], keys["Date of birth"]: ["by_hand", []]}
    place.session.record.keep_draft(f"own_form.{own.id}", begun)
    (draft,) = kept_drafts(place.session.record)
    assert "Legal surname: " in draft.words
    assert not any(code in draft.words for code in ("fact:", "pupil.", "by_hand"))
