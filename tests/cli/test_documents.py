"""Documents from the command line: taken in as what they are, and given out on the record."""

import hashlib

from sencoapp.domain.casework import Disclosure
from tests.documents.paper_samples import photo
from tests.places import PASSPHRASE, add_pupil, new_app


def test_a_document_is_kept_as_what_it_is_and_a_copy_goes_out_on_the_record(shell, tmp_path):
    place = new_app().open(shell.profile, PASSPHRASE)
    add_pupil(place)
    place.close()
    (tmp_path / "work.png").write_bytes(photo(64, 48))
    kept = shell.json("attach", "Osei", tmp_path / "work.png", "--title", "A drawing")
    assert (kept["file"], kept["mediaType"], kept["cautions"]) == ("work.jpg", "image/jpeg", ["place_taken_out"])
    assert [each["id"] for each in shell.json("documents", "Osei")] == [kept["id"]]
    out = tmp_path / "copy.jpg"
    assert shell.run("document", "get", kept["id"], "--out", out, "--recipient", "Dr P. Imrie", "--purpose", "Consultation") == 0
    assert hashlib.sha256(out.read_bytes()).hexdigest() == kept["sha256"]
    place = new_app().open(shell.profile, PASSPHRASE)
    try:
        (disclosure,) = place.session.record.find(Disclosure)
    finally:
        place.close()
    assert (disclosure.what, disclosure.recipient, disclosure.purpose) == ("A drawing", "Dr P. Imrie", "Consultation")


def test_a_document_that_is_not_there_is_said(shell, tmp_path):
    assert shell.run("document", "get", "f" * 32, "--out", tmp_path / "x") == 1
    assert not (tmp_path / "x").exists()
