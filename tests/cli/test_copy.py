"""A copy of a request for another reader, from the command line: made, kept, written, and what it withholds is said."""

from sencoapp.domain.casework import Disclosure, Pack
from sencoapp.domain.redaction import Area
from sencoapp.services import documents, redactions, requests
from tests.documents.reading import page_texts
from tests.documents.test_redaction import written
from tests.places import PASSPHRASE, add_pupil, new_app

TOP = Area(1, 0, 0, 10_000, 1000)


def begun(shell):
    place = new_app().open(shell.profile, PASSPHRASE)
    pupil = add_pupil(place)
    paper, _ = documents.add_document(place.session, place.documents, pupil.id, "l.pdf", written("Zebedee hit him."), title="About Zebedee")
    request, _ = requests.start_request(place.session, pupil.id)
    requests.write_answer(place.session, request.id, "why_an_assessment", "Zebedee sits by him.")
    redactions.withhold(place.session, paper.id, [TOP], "other_child", hidden_from=["parent"], words={TOP: "Zebedee"})
    place.close()


def test_a_copy_is_written_kept_and_noted_and_what_to_look_through_is_said(shell, tmp_path):
    begun(shell)
    out = tmp_path / "copy.pdf"
    told = shell.json("copy", "Osei", "--for", "parent", "--out", out)
    assert (told["for"], told["version"]) == ("parent", 1)
    assert told["withheld"] == {"renamed": ["A"], "passages": 0, "names": ["Zebedee"], "unread": []}
    text = " ".join("\n".join(page_texts(out.read_bytes())).split())
    assert "For the parents" in text
    assert "About Zebedee" not in text
    assert shell.run("copy", "Osei", "--for", "parent", "--out", out) == 0
    assert "still stand in what the school wrote: Zebedee." in shell.out
    place = new_app().open(shell.profile, PASSPHRASE)
    assert sorted(each.version for each in place.session.record.find(Pack)) == [1, 2]
    assert [each.recipient for each in place.session.record.find(Disclosure)] == ["The parents", "The parents"]
    place.close()


def test_without_a_request_there_is_no_copy_and_the_council_gets_the_pack(shell, tmp_path):
    place = new_app().open(shell.profile, PASSPHRASE)
    add_pupil(place)
    place.close()
    assert shell.run("copy", "Osei", "--for", "panel", "--out", tmp_path / "copy.pdf") == 1
    assert "No request has been begun" in shell.err
    assert not (tmp_path / "copy.pdf").exists()
    assert shell.run("copy", "Osei", "--for", "council", "--out", tmp_path / "copy.pdf") == 2
