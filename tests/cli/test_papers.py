"""The papers for a tribunal from the command line: made, kept, written, and what to look at is said."""

from datetime import date

from sencoapp.domain.casework import Disclosure, Pack
from sencoapp.services import cases, documents
from tests.documents.reading import page_texts
from tests.documents.test_redaction import written
from tests.places import PASSPHRASE, add_pupil, new_app


def test_the_papers_are_written_kept_and_noted(shell, tmp_path):
    place = new_app().open(shell.profile, PASSPHRASE)
    pupil = add_pupil(place)
    for title, day in (("Decision letter", date(2026, 9, 1)), ("Old report", date(2020, 5, 1))):
        documents.add_document(
            place.session, place.documents, pupil.id, "f.pdf", written(f"{title}."), title=title, kind="report", document_on=day
        )
    cases.open_case(place.session, pupil.id, "mediation_appeal")
    place.close()
    out = tmp_path / "papers.pdf"
    told = shell.json("cases", "papers", "Osei", "--out", out)
    assert (told["version"], told["sections"]["core"]) == (1, 1)
    assert told["sections"]["evidence"] > 1
    assert any("more than 3 years old" in each for each in told["lookAt"])
    pages = page_texts(out.read_bytes())
    assert len(pages) == told["pages"]
    assert "A. Core documents" in " ".join(pages)
    assert shell.run("cases", "papers", "Osei", "--out", out) == 0
    assert "A. Core documents: 1 of 100 pages" in shell.out
    place = new_app().open(shell.profile, PASSPHRASE)
    assert sorted(each.version for each in place.session.record.find(Pack)) == [1, 2]
    assert {each.recipient for each in place.session.record.find(Disclosure)} == {"Leicestershire County Council"}
    place.close()


def test_without_an_appeal_there_are_no_papers(shell, tmp_path):
    place = new_app().open(shell.profile, PASSPHRASE)
    add_pupil(place)
    place.close()
    assert shell.run("cases", "papers", "Osei", "--out", tmp_path / "papers.pdf") == 1
    assert "no case of mediation and appeal" in shell.err
    assert not (tmp_path / "papers.pdf").exists()
