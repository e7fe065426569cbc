"""One letter per recipient, none with another's address in it; and the same for the pack."""

from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from sencoapp.domain.casework import Disclosure, Document
from sencoapp.domain.households import recipients
from sencoapp.domain.refusals import Refusal
from sencoapp.services import letters, pupils
from tests.places import add_pupil

HOME, AWAY = "1 Mill Lane, Barrowby", "9 Station Road, Oakham"


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as opened:
        return "\n".join(opened[number].get_textpage().get_text_range() for number in range(len(opened)))


@pytest.fixture
def ava(place):
    pupil = add_pupil(place, "Brennan", "Ava", address=HOME, postcode="LE99 1AA").id
    common = {"surname": "Brennan", "parental_responsibility": True}
    add = pupils.add_contact
    add(
        place.session,
        pupil,
        {
            **common,
            "forename": "Niamh",
            "title": "Mrs",
            "lives_with_pupil": True,
            "address": HOME,
            "postcode": "LE99 1AA",
            "phone": "07700 900123",
            "email": "niamh@example.org",
        },
    )
    add(
        place.session,
        pupil,
        {**common, "forename": "Sean", "title": "Mr", "lives_with_pupil": False, "address": AWAY, "postcode": "LE99 2BB"},
    )
    add(place.session, pupil, {"surname": "Doyle", "forename": "Pat", "relationship": "OTH", "parental_responsibility": False})
    return pupil


def paper_of(place, letter):
    return place.documents.take_in(letter.filename, place.documents.letter(letter.content))


def all_of(place, pupil):
    return [each.contact.id for each in recipients(pupils.contacts_of(place.session.record, pupil))]


def test_each_gets_a_letter_of_their_own_with_their_own_address_and_greeting(place, ava):
    made = letters.write_letters(place.session, ava, all_of(place, ava), "Review meeting", "We meet on 8 December.\n\nCome if you can.")
    assert [each.content["salutation"] for each in made] == ["Dear Mrs Brennan", "Dear Mr Brennan"]
    for letter, own, others in zip(made, ("Mill Lane", "Station Road"), ("Station Road", "Mill Lane"), strict=True):
        said = words_of(place.documents.letter(letter.content))
        assert own in said
        assert others not in said
        for words in ("Barrowby Primary", "24 November 2026", "Ava Brennan: Review meeting", "Come if you can.", "Mrs Ruth Adeyemi"):
            assert words in said


def test_letters_are_recorded_as_given_out_in_one_save(place, ava):
    made = letters.write_letters(place.session, ava, all_of(place, ava), "Review meeting", "We meet on 8 December.")
    before = place.session.record.position()
    saved = letters.record_letters(place.session, ava, [(each, paper_of(place, each)) for each in made])
    assert saved.position == before + 1
    assert [(each.recipient, each.what) for each in place.session.record.find(Disclosure, pupil=ava)] == [
        ("Mrs Niamh Brennan", "Letter: Review meeting"),
        ("Mr Sean Brennan", "Letter: Review meeting"),
    ]
    assert len({each.filename for each in made}) == 2


def test_each_letter_is_kept_among_the_documents_with_who_to_whom_and_when(place, ava):
    made = letters.write_letters(place.session, ava, all_of(place, ava), "Review meeting", "We meet on 8 December.")
    papers = [paper_of(place, each) for each in made]
    letters.record_letters(place.session, ava, list(zip(made, papers, strict=True)))
    kept = place.session.record.find(Document, pupil=ava)
    assert [(each.title, each.kind, each.document_on, each.author_name) for each in kept] == [
        ("To Mrs Niamh Brennan: Review meeting", "letter", date(2026, 11, 24), "Mrs Ruth Adeyemi"),
        ("To Mr Sean Brennan: Review meeting", "letter", date(2026, 11, 24), "Mrs Ruth Adeyemi"),
    ]
    for document, paper in zip(kept, papers, strict=True):
        assert place.session.blobs.read(document.blob) == paper.content
        assert "We meet on 8 December." in words_of(paper.content)
        assert (document.confidential, document.readers) == (True, (place.session.actor.id,))  # the parents live apart
        assert not document.for_requests
    assert [each.title for each in place.session.record.chronology(ava, kinds=["document"])] == ["letter", "letter"]


def test_a_letter_to_somebody_who_needs_large_print_has_no_letter_below_18_point(place, ava):
    mother = pupils.contacts_of(place.session.record, ava)[0]
    pupils.change_contact(place.session, mother, _with(mother, formats=("large_print",)))
    large, usual = letters.write_letters(place.session, ava, all_of(place, ava), "Review meeting", "We meet on 8 December. " * 60)
    assert sizes_of(place.documents.letter(large.content)) >= 18
    assert sizes_of(place.documents.letter(usual.content)) < 12
    assert "We meet on 8 December." in words_of(place.documents.letter(large.content))


def sizes_of(pdf: bytes) -> float:
    """The smallest size of any text that is set, in points."""
    found: list[float] = []
    with pikepdf.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            found += [float(each.operands[1]) for each in pikepdf.parse_content_stream(page) if str(each.operator) == "Tf"]
    return min(found)


@pytest.mark.parametrize(
    "given_away",
    ["Ava now lives at 1 Mill Lane.", "The postcode is le99 1aa.", "Post to LE991AA", "Ring 07700-900123.", "To niamh@example.org"],
)
def test_words_that_give_away_an_address_are_stopped(place, ava, given_away):
    niamh, sean = all_of(place, ava)
    with pytest.raises(Refusal, match="letter_gives_away_address"):
        letters.write_letters(place.session, ava, [niamh, sean], "News", given_away)
    assert letters.write_letters(place.session, ava, [niamh], "News", given_away)


def test_a_letter_needs_words_a_subject_and_somebody_who_may_be_written_to(place, ava):
    niamh, sean = all_of(place, ava)
    for to, subject, text, key in (
        ([niamh], " ", "Words", "letter_needs_subject"),
        ([niamh], "News", " ", "letter_needs_words"),
        ([], "News", "Words", "letter_needs_recipient"),
    ):
        with pytest.raises(Refusal, match=key):
            letters.write_letters(place.session, ava, to, subject, text)
    father = pupils.contacts_of(place.session.record, ava)[1]
    pupils.change_contact(place.session, father, _with(father, no_contact=True))
    with pytest.raises(Refusal, match="letter_cannot_go_to"):
        letters.write_letters(place.session, ava, [sean], "News", "Words")


def _with(contact, **values):
    from dataclasses import replace

    return replace(contact, **values)


def test_an_order_needs_a_paper_of_the_same_pupil_and_a_basis_needs_responsibility(place, ava):
    father = pupils.contacts_of(place.session.record, ava)[1]
    with pytest.raises(Refusal, match="evidence_is_of_another_pupil"):
        pupils.change_contact(place.session, father, _with(father, order_restriction="No contact", order_document="elsewhere"))
    with pytest.raises(Refusal, match="basis_without_responsibility"):
        pupils.change_contact(place.session, father, _with(father, responsibility_basis="married", parental_responsibility=None))


def test_what_is_typed_prints_whatever_its_signs(place, ava):
    text = "Zażółć gęślą jaźń 👋 <b>not bold</b> & done\n" * 120
    (letter,) = letters.write_letters(place.session, ava, all_of(place, ava)[:1], "Ł & <Ø>", text)
    pdf = place.documents.letter(letter.content)
    assert pdf == place.documents.letter(letter.content)
    assert "not bold" in words_of(pdf)
    assert letter.content["made_on"] == date(2026, 11, 24).isoformat()
