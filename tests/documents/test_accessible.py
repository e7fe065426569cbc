"""Every document is PDF/UA-1 and PDF/A-2a as far as ``page-validation`` can tell, which is not veraPDF; ``structure`` looks further."""

import io

import page
import pikepdf
import pytest

from sencoapp.documents import DocumentRoom
from tests.documents import samples
from tests.documents.every_document import PAPERS, paper
from tests.documents.packs import made_pack

UA, A = page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A
ROOM = DocumentRoom()


def failed(pdf: bytes, profile: page.ValidationProfile) -> set[str]:
    """The rules that a document breaks, by their names in the validator."""
    return {each.rule_id for each in page.validate_pdf_bytes(pdf, profile=profile).failures}


@pytest.mark.parametrize(("method", "variant"), PAPERS)
def test_every_document_keeps_to_both_standards(method, variant):
    made = paper(method, variant)
    assert failed(made, UA) == set()
    assert failed(made, A) == set()


def test_the_validator_would_tell():
    """A document without one of the things that the standards ask for does not pass."""
    made = paper("letter", "usual")

    def without(change) -> bytes:
        out = io.BytesIO()
        with pikepdf.Pdf.open(io.BytesIO(made)) as pdf:
            change(pdf)
            pdf.save(out)
        return out.getvalue()

    def no_tags(pdf):
        del pdf.Root.StructTreeRoot

    def no_colours(pdf):
        del pdf.Root.OutputIntents

    def no_font(pdf):
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each:
                del each.FontFile2

    assert failed(without(no_tags), UA)
    assert failed(without(no_colours), A)
    assert failed(without(no_font), UA)
    assert failed(without(no_font), A)


def test_a_pack_with_evidence_claims_neither_standard_and_its_own_pages_break_no_rule():
    """What comes from outside has no tags, and may lean on fonts that are not in it."""
    made = made_pack(ROOM, samples.snapshot(), samples.evidence()).pdf
    claims = {"PDFUA1-ID-PART-001", "PDFUA1-ID-SCHEMA-001", "PDFA2A-ID-SCHEMA-001"}
    of_the_evidence = {"PDFUA1-FONT-EMBEDDING-001", "PDFA2A-FONT-EMBEDDING-001"}
    of_chance = {"PDFA2A-STREAM-LENGTH-001"}  # mended only where PDF/A is claimed
    assert (failed(made, UA) | failed(made, A)) - of_chance == claims | of_the_evidence


def test_a_copy_under_a_code_is_no_archive_file_and_may_still_be_read_aloud():
    whole = paper("record_copy", "usual")
    with pikepdf.Pdf.open(io.BytesIO(ROOM.locked(whole, "7K4M")), password="7K4M") as pdf:
        assert pdf.allow.accessibility
        xmp = pdf.Root.Metadata.read_bytes()
        out = io.BytesIO()
        pdf.save(out, encryption=False)
    assert b"pdfaid:part" not in xmp
    assert b"<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert failed(out.getvalue(), UA) == set()
