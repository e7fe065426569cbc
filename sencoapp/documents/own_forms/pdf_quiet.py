"""Takes out of a council's form what would run or call somewhere when the filled file is opened: no word of it is changed."""

from typing import Any

_ACTS = frozenset({"/JavaScript", "/Rendition", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR"})
"""Kinds of action (ISO 32000-1, Table 198) that run something, send the form somewhere, or open another file."""
_NAMED = ("/JavaScript", "/EmbeddedFiles")


def make_quiet(pdf: Any) -> None:
    """Scripts, buttons that send, and attached files go. Links to web pages that a person has to click stay."""
    import pikepdf

    names = pdf.Root.get("/Names")
    for each in _NAMED if isinstance(names, pikepdf.Dictionary) else ():
        if each in names:
            del names[each]
    if "/AF" in pdf.Root:
        del pdf.Root["/AF"]
    for each in pdf.objects:
        _hush(each, 6)


def _hush(thing: Any, depth: int) -> None:
    import pikepdf

    if isinstance(thing, pikepdf.Array):
        inner = list(thing)
    elif isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
        for key in ("/AA", "/JS"):
            if key in thing:
                del thing[key]
        for key in ("/A", "/OpenAction", "/Next"):
            if _acts(thing.get(key)):
                del thing[key]
        inner = [thing[key] for key in thing.keys()]  # noqa: SIM118 (a PDF's dictionary is not iterated by its keys)
    else:
        return
    for each in inner if depth else ():
        if isinstance(each, pikepdf.Object) and not each.is_indirect:
            _hush(each, depth - 1)


def _acts(action: Any) -> bool:
    import pikepdf

    if isinstance(action, pikepdf.Array):  # what follows an action may be a list; a place to open at holds no dictionaries that act
        return any(_acts(each) for each in action)
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in _ACTS
