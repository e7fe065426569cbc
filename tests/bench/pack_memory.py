"""The memory that a pack takes while it is made: the growth of a process of its own, against the bytes of its evidence.

``python -m tests.bench.pack_memory PAGES text|scans``: pages of words, or a picture of some 60 KB on each as a scanner makes it.
"""

import io
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.measure import Figure, compare

ROOT = Path(__file__).parents[2]
PAGES_A_FILE = 10


def measure() -> list[Figure]:
    """The floor is the evidence itself: it is in memory once."""
    return [_grown(pages, kind) for kind in ("text", "scans") for pages in (300, 2000)]


def _grown(pages: int, kind: str) -> Figure:
    told: dict[str, float] = {}

    def case() -> float:
        words = [sys.executable, "-m", "tests.bench.pack_memory", str(pages), kind]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
        told.update(json.loads(done.stdout.splitlines()[-1]))
        return told["grown"]

    case()
    name = f"memory of a pack with {pages:,} evidence pages of {kind}"
    return compare(name, case, "the evidence", lambda: told["evidence"], limit=200, rounds=1, unit="MB", scale=1.0)


def _main(pages: int, kind: str) -> None:
    from sencoapp.documents import DocumentRoom
    from tests.bench.packs import evidence_file
    from tests.documents import samples

    entry = samples.evidence_files()[0]
    make = evidence_file if kind == "text" else _scans
    files = [make(f"File {number}, page") for number in range(pages // PAGES_A_FILE)]
    evidence: list[tuple[Any, bytes]] = [
        ({**entry, "id": f"{number}", "letter": f"E{number}", "title": f"Report {number}", "pages": PAGES_A_FILE}, content)
        for number, content in enumerate(files)
    ]
    rooms, few = DocumentRoom(), evidence[:1]
    rooms.request_pack(samples.snapshot(evidence=[each for each, _ in few]), few)  # libraries and fonts are there
    before = _resident()
    rooms.request_pack(samples.snapshot(evidence=[each for each, _ in evidence]), evidence)
    sys.stdout.write(json.dumps({"grown": _highest() - before, "evidence": sum(map(len, files)) / 1e6}) + "\n")


def _scans(about: str) -> bytes:
    """Pages of noise: nothing in them can be made smaller."""
    from PIL import Image
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    chance = random.Random(about)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(PAGES_A_FILE):
        picture = io.BytesIO()
        Image.frombytes("L", (310, 438), chance.randbytes(310 * 438)).save(picture, "JPEG", quality=55)
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _resident() -> float:
    """Megabytes now."""
    return _told("VmRSS")


def _highest() -> float:
    """Megabytes at most, since this program began; ``getrusage`` would count what the one that started it had taken."""
    return _told("VmHWM")


def _told(name: str) -> float:
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name)) / 1024


if __name__ == "__main__":
    _main(int(sys.argv[1]), sys.argv[2])
