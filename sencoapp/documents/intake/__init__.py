"""Files that a school takes in: what each really is, whether it may come in, and what has to stay outside (sync.md 6, 13).

What a file is follows from its content; its name can only make it refused. Which kinds there are is data:
``resources/files/kinds.json``. Nothing here runs, unpacks to the disk or fetches anything.
"""

from sencoapp.documents.intake import office, pdf, pictures
from sencoapp.documents.intake.kinds import Kind, kind_of, rightly_named
from sencoapp.domain.refusals import Fault
from sencoapp.services.ports import TakenIn

NOT_IN_PACKS = "not_in_packs"
PLACE_TAKEN_OUT = "place_taken_out"


def take_in(filename: str, content: bytes) -> TakenIn:
    """Looks at a file from outside and says what of it is kept.

    Photos lose what they tell of place, camera and time, without being compressed again; everything else is kept as it came.
    Raises ``Fault`` with one sentence for what is not taken in: empty, too large, damaged, of another kind, able to run something.
    """
    kind = kind_of(filename, content)
    if kind.id == "pdf":
        pages, cautions = pdf.look_at(filename, content)
        return _taken(filename, content, kind, pages, cautions)
    if kind.id in ("jpeg", "png"):
        clean = pictures.without_place(filename, kind, content)
        return _taken(filename, clean, kind, 1, (PLACE_TAKEN_OUT,) if pictures.told_of_a_place(content) else ())
    if not kind.is_text:
        office.look_at(filename, content)
    return _taken(filename, content, kind, None, (NOT_IN_PACKS,))


def _taken(filename: str, content: bytes, kind: Kind, pages: int | None, cautions: tuple[str, ...]) -> TakenIn:
    if not content:
        raise Fault("file_is_empty", file=filename)
    return TakenIn(rightly_named(filename, kind), content, kind.media_type, pages, cautions)
