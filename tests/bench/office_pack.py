"""The pack as an office makes it: a Word file filled in from the record, LibreOffice to make it a PDF, a joiner for the rest.

It is the same content: the Word twin of the pack with its real headings, styles and tables, as a tagged PDF with bookmarks, "Bundle n
of m" on every page and a bookmark for each file. It still has no links from its contents, does not make room for the numbers on the
evidence, and checks nothing.
"""

import io
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

_OPTIONS = '{"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}'


class OfficePack:
    """Everything lies on the disk, as it does in an office; LibreOffice is begun for each pack, and its own profile is there already."""

    def __init__(self, merge: Callable[[], bytes], evidence: list[bytes], folder: Path) -> None:
        """``merge`` fills in the Word file."""
        self._merge, self._folder = merge, folder
        self._paper = folder / "form.docx"
        self._paper.write_bytes(merge())
        self._files = [folder / f"{number}.pdf" for number in range(len(evidence))]
        for path, each in zip(self._files, evidence, strict=True):
            path.write_bytes(each)

    def make(self) -> float:
        """Seconds from the record's words to the joined file."""
        start = time.perf_counter()
        self._paper.write_bytes(self._merge())
        self._convert_and_join()
        return time.perf_counter() - start

    def make_of_ready_word_file(self) -> float:
        """The same where the Word file was filled in before, however quick that is."""
        start = time.perf_counter()
        self._convert_and_join()
        return time.perf_counter() - start

    def _convert_and_join(self) -> None:
        own, kind = f"-env:UserInstallation=file://{self._folder}/office", f"pdf:writer_pdf_Export:{_OPTIONS}"
        words = ["soffice", own, "--headless", "--convert-to", kind, "--outdir", str(self._folder), str(self._paper)]
        subprocess.run(words, check=True, capture_output=True)
        (self._folder / "pack.pdf").write_bytes(
            joined(self._paper.with_suffix(".pdf").read_bytes(), [each.read_bytes() for each in self._files])
        )


def joined(written: bytes, evidence: list[bytes]) -> bytes:
    """The evidence behind the written pages, with a number on every page and a bookmark for each file, and nothing else."""
    import pikepdf

    with pikepdf.open(io.BytesIO(written)) as pack:
        starts = []
        for content in evidence:
            starts.append(len(pack.pages))
            with pikepdf.open(io.BytesIO(content)) as paper:
                pack.pages.extend(paper.pages)
        font = pack.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica))
        total = len(pack.pages)
        for number, page in enumerate(pack.pages, start=1):
            name = page.add_resource(font, pikepdf.Name.Font)
            page.contents_add(f"BT {name} 10 Tf 450 30 Td (Bundle {number} of {total}) Tj ET".encode())
        with pack.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(f"Report {number}", start) for number, start in enumerate(starts))
        done = io.BytesIO()
        pack.save(done)
        return done.getvalue()
