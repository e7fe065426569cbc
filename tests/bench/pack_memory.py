"""The memory that a pack takes while it is made: the growth of a process of its own, against the bytes of its evidence.

The files lie sealed in a record, and the pack is made, sealed and kept there. ``python -m tests.bench.pack_memory prepare FOLDER PAGES
text|scans`` makes the record: pages of words, or a picture of some 76 KB on each; ``… measure FOLDER`` then makes the pack.
"""

import io
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import Figure, compare

ROOT = Path(__file__).parents[2]
PAGES_A_FILE = 10


def measure() -> list[Figure]:
    """The floor is the evidence itself, as it would be in memory once."""
    return [_grown(pages, kind) for kind in ("text", "scans") for pages in (300, 2000)]


def _grown(pages: int, kind: str) -> Figure:
    told: dict[str, float] = {}

    def case() -> float:
        with tempfile.TemporaryDirectory() as folder:
            _run("prepare", folder, str(pages), kind)
            told.update(json.loads(_run("measure", folder).splitlines()[-1]))
        return told["grown"]

    case()
    name = f"memory of a pack with {pages:,} evidence pages of {kind}"
    return compare(name, case, "the evidence", lambda: told["evidence"], limit=200, rounds=1, unit="MB", scale=1.0)


def _run(*words: str) -> str:
    command = [sys.executable, "-m", "tests.bench.pack_memory", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def prepare(folder: Path, pages: int, kind: str) -> None:
    """A record with two requests: one with a single file, which has all libraries and fonts loaded, and one with all files."""
    from sencoapp.services import documents, requests
    from tests.bench.packs import evidence_file
    from tests.places import add_pupil, new_place

    place = new_place(folder / "record")
    make = evidence_file if kind == "text" else scans
    for pupil, files in ((add_pupil(place, "Before"), 1), (add_pupil(place, "Osei"), pages // PAGES_A_FILE)):
        for number in range(files):
            documents.add_document(
                place.session, place.documents, pupil.id, f"{number}.pdf", make(f"File {number}, page"), title=f"Report {number}"
            )
        requests.start_request(place.session, pupil.id)
    place.close()


def making(folder: Path) -> None:
    """Prints by how many megabytes this process grew when the pack was made and kept, as a person does it."""
    from sencoapp.domain.casework import Document, Request
    from sencoapp.services import requests
    from tests.places import PASSPHRASE, new_app

    place = new_app().open(folder / "record", PASSPHRASE)
    first, second = place.session.record.find(Request)
    requests.freeze(place.session, place.documents, first.id)
    evidence = sum(place.session.record.get(Document, each).size for each in second.evidence)  # type: ignore[union-attr]
    Path("/proc/self/clear_refs").write_text("5")  # the highest from now on
    before, start = _told("VmRSS"), time.process_time()
    pack, _ = requests.freeze(place.session, place.documents, second.id)
    told = {"grown": _told("VmHWM") - before, "evidence": evidence / 1e6, "seconds": time.process_time() - start, "pages": pack.pages}
    place.close()
    sys.stdout.write(json.dumps(told) + "\n")


def scans(about: str, pages: int = PAGES_A_FILE, exif: bytes = b"") -> bytes:
    """Pages of noise, as a scanner keeps them: nothing in them can be made smaller."""
    from PIL import Image
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    chance = random.Random(about)
    out = io.BytesIO()
    packing, rl_config.useA85 = rl_config.useA85, 0
    canvas = Canvas(out, pagesize=A4)
    for _ in range(pages):
        picture = io.BytesIO()
        Image.frombytes("L", (345, 489), chance.randbytes(345 * 489)).save(picture, "JPEG", quality=55, exif=exif)
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    rl_config.useA85 = packing
    return out.getvalue()


def _told(name: str) -> float:
    """Megabytes; ``getrusage`` would count what the one that started it had taken."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name)) / 1024


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        making(Path(sys.argv[2]))
