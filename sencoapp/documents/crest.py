"""The school's crest as the content of a document holds it, and how large it stands on paper."""

from base64 import b64decode
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from sencoapp.documents.content import Crest
from sencoapp.documents.photo import LONGEST_SIDE
from sencoapp.reference import say

WIDEST, TALLEST = 128.0, 70.0
"""Points: a coat of arms is as tall as a title of two lines, a name drawn as a sign is no taller than it is readable."""
_LEAST_DOTS = 120
"""Dots an inch. A picture with fewer stands smaller, so that it does not stand there blurred."""


def crest_in(content: Mapping[str, Any], school: str) -> Crest | None:
    """The crest of a document's content, or None. What is no small PNG is passed over: a pack may come from another school."""
    from PIL import Image

    try:
        picture = b64decode(content.get("crest") or "", validate=True)
        with Image.open(BytesIO(picture), formats=["PNG"]) as found:
            wide, high = found.size
            if max(wide, high) > LONGEST_SIDE or "transparency" in found.info or found.mode not in ("RGB", "P"):
                return None
            found.load()
    except Exception:  # a hostile or broken picture may raise anything
        return None
    scale = min(WIDEST / wide, TALLEST / high, 72 / _LEAST_DOTS)
    return Crest(picture, say("documents.crest_of", school=school), wide * scale, high * scale)
