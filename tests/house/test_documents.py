"""Every document is one of those that are held against the standards: a new one gets its place in ``every_document``."""

import inspect

from sencoapp.documents import DocumentRoom
from sencoapp.services.documents_port import Documents
from tests.documents.every_document import EVERY, NOT_PAPER


def test_no_document_is_forgotten():
    """A method that writes a PDF goes into ``EVERY``, with content that is usual, empty and awkward; any other into ``NOT_PAPER``.

    Then ``python -m tests.documents.golden`` keeps how it looks.
    """
    room = {name for name, _ in inspect.getmembers(DocumentRoom, inspect.isfunction) if not name.startswith("_")}
    port = {name for name in vars(Documents) if not name.startswith("_")}
    assert room == port
    assert set(EVERY) | set(NOT_PAPER) == room
    assert not set(EVERY) & set(NOT_PAPER)
