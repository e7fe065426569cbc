"""What a file says of itself: title, author, dates, and the standards that it keeps to.

PDF/UA-1 is ISO 14289-1, PDF/A-2a is ISO 19005-2. Both are claimed only where every page is ours: a page from outside has no
tags, and may lean on fonts that are not in it.
"""

from datetime import datetime, time

from pikepdf import Array, Dictionary, Name, Pdf, String

from sencoapp.documents.content import Content
from sencoapp.documents.pdf.text import printable
from sencoapp.reference import path_of

_HALF = "http://www.aiim.org"
_UA = f'<rdf:Description rdf:about="" xmlns:pdfuaid="{_HALF}/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>'
_A = (
    f'<rdf:Description rdf:about="" xmlns:pdfaid="{_HALF}/pdfa/ns/id/">'
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>"
)
_EXTENSION = (
    f'<rdf:Description rdf:about="" xmlns:pdfaExtension="{_HALF}/pdfa/ns/extension/" xmlns:pdfaSchema="{_HALF}/pdfa/ns/schema#"'
    f' xmlns:pdfaProperty="{_HALF}/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    f"<pdfaSchema:namespaceURI>{_HALF}/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>The part of ISO 14289 that the file keeps to</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
"""PDF/A has to be told of every property that it does not know itself (ISO 19005-2, 6.6.2.3.2)."""


def describe(pdf: Pdf, content: Content, *, ours: bool) -> None:
    """Title, author and dates twice, as both standards want it, and what is claimed. ``ours``: no page comes from outside."""
    made = datetime.combine(content.made_on, time(12)).strftime("%Y%m%d%H%M%S")
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(_one_line(content.title)),
            Author=String(_one_line(content.author)),
            Subject=String(_one_line(content.subject)),
            Creator=String("SENCO app"),
            CreationDate=String(f"D:{made}Z"),
            ModDate=String(f"D:{made}Z"),
        )
    )
    pdf.Root.Metadata = pdf.make_stream(_xmp(content, ours=ours).encode(), Type=Name.Metadata, Subtype=Name.XML)
    colours = pdf.make_stream(path_of("colour", "sRGB.icc").read_bytes(), N=3)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
                Info=String("sRGB IEC61966-2.1"),
                DestOutputProfile=colours,
            )
        ]
    )


def claims_archive(pdf: Pdf) -> bool:
    """Whether the open file says that it is PDF/A."""
    return "/Metadata" in pdf.Root and _A.encode() in pdf.Root.Metadata.read_bytes()


def without_archive_claim(pdf: Pdf) -> None:
    """Takes the claim of PDF/A out of the open file: an archive file is never encrypted (ISO 19005-2, 6.1.3)."""
    if "/Metadata" in pdf.Root:
        kept = pdf.Root.Metadata.read_bytes().replace(_A.encode(), b"")
        pdf.Root.Metadata = pdf.make_stream(kept, Type=Name.Metadata, Subtype=Name.XML)


def _xmp(content: Content, *, ours: bool) -> str:
    title, author, subject = (_xml(_one_line(each)) for each in (content.title, content.author, content.subject))
    made = f"{content.made_on.isoformat()}T12:00:00Z"
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>'
        "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>"
        f"<xmp:CreatorTool>SENCO app</xmp:CreatorTool><xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>"
        f"</rdf:Description>{_UA + _A + _EXTENSION if ours else ''}</rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    )


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
