"""Whether the evidence of a request can be read, and whether any of it is there twice. Measured once, and kept beside the record."""

from collections.abc import Mapping, Sequence
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Document, Request
from sencoapp.domain.page_look import FileLook, in_ranges, troubles
from sencoapp.domain.plain import from_plain, to_plain
from sencoapp.services.ports import Documents, Record, Session
from sencoapp.services.submissions import evidence_documents


def looks_at(record: Record, pupil: str, papers: Sequence[Document]) -> dict[str, FileLook]:
    """What is known of these documents, by their ids. A file that was changed since it was measured is not known."""
    kept = record.looks(pupil)
    return {each.id: from_plain(FileLook, kept[each.id]) for each in papers if each.id in kept and kept[each.id]["sha256"] == each.sha256}


def not_looked_at(record: Record, request: Request) -> list[Document]:
    """The evidence of a request that nobody has looked at yet."""
    papers = evidence_documents(record, request)
    known = looks_at(record, request.pupil, papers)
    return [each for each in papers if each.id not in known and each.pages is not None]


def keep_look(record: Record, document: Document, look: FileLook) -> None:
    """Keeps what was measured on a document."""
    record.keep_look(document.id, document.pupil, document.sha256, to_plain(look))


def look_at_evidence(session: Session, documents: Documents, request: Request) -> None:
    """Looks at what nobody has looked at yet, all in one go: for the command line, where nothing else waits."""
    for each in not_looked_at(session.record, request):
        if not session.blobs.missing([each.blob]):
            keep_look(session.record, each, documents.look_at(each.media_type, session.blobs.read(each.blob)))


def damaged(papers: Sequence[Document], looks: Mapping[str, FileLook]) -> tuple[str, ...]:
    """The titles of those that cannot be opened."""
    return tuple(each.title for each in papers if each.id in looks and looks[each.id].damaged)


def poor_scans(papers: Sequence[Document], looks: Mapping[str, FileLook]) -> tuple[str, ...]:
    """Each document with pages that are hard to read, and why."""
    rules: Mapping[str, Any] = reference.data("rules", "scans.json")
    found = []
    for each in papers:
        for trouble, pages in troubles(looks[each.id], rules).items() if each.id in looks else ():
            if trouble == "blank" and len(pages) < len(looks[each.id].pages):
                continue  # the empty back of a sheet
            where = "" if len(looks[each.id].pages) == 1 else "_page" if len(pages) == 1 else "_pages"
            found.append(reference.say(f"requests.scan_{trouble}{where}", title=each.title, pages=in_ranges(pages)))
    return tuple(found)


def duplicates(papers: Sequence[Document], looks: Mapping[str, FileLook]) -> tuple[str, ...]:
    """Documents that are there twice: the same file, or the same words in another file."""
    found: dict[tuple[str, str], None] = {}
    for key, words in (("same_file", lambda each: each.sha256), ("same_words", lambda each: _words_of(each, looks))):
        first: dict[str, Document] = {}
        for each in papers:
            digest = words(each)
            if digest is None:
                continue
            other = first.setdefault(digest, each)
            if other is not each and not (key == "same_words" and other.sha256 == each.sha256):
                found[key, reference.say(f"requests.{key}", one=other.title, other=each.title)] = None
    return tuple(words for _, words in found)


def _words_of(document: Document, looks: Mapping[str, FileLook]) -> str | None:
    return looks[document.id].text_sha256 if document.id in looks else None
