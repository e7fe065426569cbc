"""A PDF under a code: AES-256, as every reader of PDF 2.0 opens it."""

import io

from pikepdf import Encryption, Pdf


def locked(pdf: bytes, code: str) -> bytes:
    """The same document, readable only with the code."""
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, encryption=Encryption(user=code, owner=code, R=6))
    return out.getvalue()
