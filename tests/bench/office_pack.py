"""The pack as an office makes it today: a Word file filled in from the record, LibreOffice to make it a PDF, a joiner for the rest."""

import subprocess
import time
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""
_BEFORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"""
_AFTER = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


class OfficePack:
    """Everything lies on the disk, as it does in an office; the profile of LibreOffice is warm after the first time."""

    def __init__(self, content: Any, evidence: list[bytes], folder: Path) -> None:
        self._content, self._folder = content, folder
        self._files = [folder / f"{number}.pdf" for number in range(len(evidence))]
        for path, each in zip(self._files, evidence, strict=True):
            path.write_bytes(each)

    def make(self) -> float:
        """Seconds from the record's words to the joined file."""
        start = time.perf_counter()
        paper = self._folder / "form.docx"
        with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("[Content_Types].xml", _TYPES)
            file.writestr("_rels/.rels", _RELS)
            file.writestr("word/document.xml", _BEFORE + "".join(self._parts()) + _AFTER)
        own = f"-env:UserInstallation=file://{self._folder}/office"
        words = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(self._folder / "out"), str(paper)]
        subprocess.run(words, check=True, capture_output=True)
        joined = ["pdfunite", str(self._folder / "out" / "form.pdf"), *map(str, self._files), str(self._folder / "pack.pdf")]
        subprocess.run(joined, check=True, capture_output=True)
        return time.perf_counter() - start

    def _parts(self) -> list[str]:
        from tests.bench.packs import texts_of

        found = []
        for part in self._content.parts:
            for block in part.blocks:
                if hasattr(block, "rows"):
                    found.append(_table(block))
                else:
                    found += [_paragraph(words) for words in texts_of(block) if words]
            found.append(_BREAK)
        return found


def _table(block: Any) -> str:
    from tests.bench.packs import texts_of

    rows = [[each.name for each in block.columns]] if hasattr(block, "columns") else []
    rows += [list(getattr(each, "cells", each)) for each in block.rows]
    lines = ("".join(f"<w:tc>{_paragraph(' '.join(texts_of(cell)))}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{each}</w:tr>" for each in lines) + "</w:tbl>"


def _paragraph(words: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'
