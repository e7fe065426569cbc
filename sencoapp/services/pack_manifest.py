"""The list that lies beside a pack: each part with its pages, each file with its SHA-256, and the SHA-256 of the pack itself.

The pack holds the same list without its own hash, which no file can hold.
"""

from sencoapp import reference
from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.snapshot import EvidenceFile, PackSnapshot
from sencoapp.services.ports import Documents, Session
from sencoapp.services.requests import frozen_words, read_pack


def pack_manifest(session: Session, documents: Documents, pack: str) -> bytes:
    """The list as CSV. The same pack gives the same bytes. Raises ``Fault`` where pack or snapshot is missing or damaged."""
    found, pdf = read_pack(session, pack)
    snapshot = frozen_words(session, found)
    say = reference.say
    names = [say(f"requests.manifest_{each}") for each in ("part", "first", "last", "file", "sha")]
    title = say("bundle.manifest_title" if found.council_case else "requests.pack_title", version=found.version)
    whole: list[Value] = [title, 1, found.pages, _own_name(snapshot), found.pdf_sha256]
    rows = [whole]
    files = {_bookmark(each["letter"], each["title"]): each for each in snapshot["evidence"]}
    for title, first, last in documents.pack_parts(pdf, files):
        file = files.get(title)
        rows.append([title, first, last, *_told(file)])
    return documents.list_csv(ListContent(say("requests.manifest"), names, rows, found.made_at.date()))


def _told(file: EvidenceFile | None) -> tuple[str | None, str | None]:
    """A file's name and its SHA-256; of one from which something is withheld the hash of what was bound, never that of the whole."""
    if file is None:
        return None, None
    if file.get("withheld"):
        return reference.say("requests.manifest_withheld", file=file["filename"]), file.get("bound_sha256") or None
    return file["filename"], file["sha256"]


def manifest_name(pack_name: str) -> str:
    """What the list is called beside a file: "Request for Kai, version 2, list of files.csv"."""
    return reference.say("requests.manifest_name", pack=pack_name.removesuffix(".pdf"))


def _own_name(snapshot: PackSnapshot) -> str:
    """The council's form; of a bundle the direction that it follows."""
    return snapshot["appeal"]["direction"] if "appeal" in snapshot else str(snapshot["form"].get("title") or "")


def _bookmark(letter: str, title: str) -> str:
    return reference.say("documents.evidence_bookmark", letter=letter, title=title)
