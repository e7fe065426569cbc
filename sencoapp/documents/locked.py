"""A PDF under a code: AES-256, as every reader of PDF 2.0 opens it."""

import io

from pikepdf import Encryption, Pdf

from sencoapp.documents.pdf.claims import without_archive_claim


def locked(pdf: bytes, code: str) -> bytes:
    """The same document, readable only with the code. It stays PDF/UA: a screen reader may read it (ISO 14289-1, 7.16)."""
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as opened:
        without_archive_claim(opened)
        opened.save(out, fix_metadata_version=False, encryption=Encryption(user=code, owner=code, R=6))
    return out.getvalue()
