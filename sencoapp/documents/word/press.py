"""From content to a Word file with real headings, lists and tables, so that it can be edited, heard and converted."""

from io import BytesIO
from typing import Any

from sencoapp.documents.bundle import bundle
from sencoapp.documents.content import Content
from sencoapp.documents.pdf.text import printable
from sencoapp.documents.word.blocks import Writer
from sencoapp.documents.word.fields import add_field, element
from sencoapp.documents.word.styles import lay_down_styles, margins
from sencoapp.reference import say

_THUMBNAIL = "docProps/thumbnail.jpeg"
_LONGEST = 255
"""Letters in what a Word file says of itself."""


def as_word(content: Content) -> bytes:
    """A .docx of the content; pages of evidence are not in it. The same content gives the same bytes."""
    from docx import Document

    document: Any = Document()
    for old in list(document.element.body):
        if not old.tag.endswith("}sectPr"):
            document.element.body.remove(old)
    lay_down_styles(document, large=content.large_print)
    margins(document.sections[0], landscape=content.landscape)
    _describe(document, content)
    _as_today(document)
    _running(document, content)
    writer = Writer(document, content)
    for number, part in enumerate(content.parts):
        writer.part(part, first=number == 0)
    out = BytesIO()
    document.save(out)
    return _repeatable(out.getvalue())


def _describe(document: Any, content: Content) -> None:
    from datetime import datetime, time

    told = document.core_properties
    made = datetime.combine(content.made_on, time(12))
    told.title, told.author, told.subject = (printable(each)[:_LONGEST] for each in (content.title, content.author, content.subject))
    told.last_modified_by, told.comments, told.language = told.author, "", "en-GB"
    told.created = told.modified = made
    told.revision = 1


def _as_today(document: Any) -> None:
    """A file of today's Word, which would open in compatibility mode, and whose spelling nobody has checked yet."""
    settings = document.settings.element
    for old in settings.findall("{*}proofState"):
        settings.remove(old)
    for each in settings.findall("{*}themeFontLang"):
        each.set(f"{each.tag.partition('}')[0]}}}val", "en-GB")
    compat = element("w:compat")
    compat.append(element("w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15"))
    for old in settings.findall(compat.tag):
        settings.remove(old)
    after = settings.find("{*}rsids")
    if after is not None:
        after.addprevious(compat)
    else:
        settings.append(compat)


def _running(document: Any, content: Content) -> None:
    """What stands at the head and at the foot of each page."""
    section = document.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.style, foot.style = document.styles["Header"], document.styles["Footer"]
    head.add_run(printable(content.head))
    foot.add_run(printable(content.foot))
    if content.numbered:
        before, _, after = say("documents.page_of", page="\0", total="\0").partition("\0")
        between, _, after = after.partition("\0")
        foot.add_run(f"\t{before}")
        add_field(foot, "PAGE", "1")
        foot.add_run(between)
        add_field(foot, "NUMPAGES", "1")
        foot.add_run(after)


def _repeatable(content: bytes) -> bytes:
    """The same parts without the time of packing, and without the picture of an empty page that python-docx brings along."""
    import zipfile

    with zipfile.ZipFile(BytesIO(content)) as made:
        parts = {name: made.read(name) for name in made.namelist() if name != _THUMBNAIL}
    links = parts["_rels/.rels"].decode()
    start = links.find("<Relationship ", 0)
    while start >= 0:
        end = links.index("/>", start) + 2
        if _THUMBNAIL in links[start:end]:
            links = links[:start] + links[end:]
            break
        start = links.find("<Relationship ", end)
    parts["_rels/.rels"] = links.encode()
    return bundle(parts)
