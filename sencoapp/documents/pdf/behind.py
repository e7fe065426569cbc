"""Objects written behind a PDF that another library began, for pikepdf to read (ISO 32000-1, 7.5.6 to 7.5.8).

Made one by one through pikepdf, an element of the structure takes three times as long, and a pack has thousands of them.
"""

import re

_BEGUN = re.compile(rb"/Size (\d+)\s*>>\s*startxref\s+(\d+)\s+%%EOF\s*$")


class Behind:
    """What is added to a PDF: streams as they are, and all other objects in one stream of objects."""

    def __init__(self, begun: bytes) -> None:
        found = _BEGUN.search(begun, max(0, len(begun) - 1_000))
        assert found
        self._before = int(found[2])
        self._first = self._next = int(found[1])
        self._out = bytearray(begun)
        self._objects: list[tuple[int, str]] = []
        self._places: dict[int, tuple[int, int, int]] = {}
        """The kind of each object's entry in the cross-reference and its two fields (table 18)."""

    def number(self) -> int:
        """A number for an object that comes later."""
        self._next += 1
        return self._next - 1

    def add(self, number: int, words: str) -> None:
        """An object in the syntax of PDF, as Latin-1."""
        self._objects.append((number, words))

    def add_stream(self, content: bytes, entries: str = "") -> int:
        """A stream, as it is. ``entries`` are those of its dictionary, without its length."""
        number = self.number()
        self._places[number] = (1, len(self._out), 0)
        self._out += b"%d 0 obj\n<<%s/Length %d>>stream\n%b\nendstream\nendobj\n" % (number, entries.encode(), len(content), content)
        return number

    def whole(self, root: int) -> bytes:
        """The file, with ``root`` as its catalogue."""
        self._add_objects()
        start, table = len(self._out), self.number()
        self._places[table] = (1, start, 0)
        entries = (self._places.get(each, (0, 0, 0)) for each in range(self._first, self._next))
        rows = b"".join(bytes((kind,)) + one.to_bytes(4, "big") + two.to_bytes(4, "big") for kind, one, two in entries)
        about = f"/Type/XRef/W[1 4 4]/Index[{self._first} {self._next - self._first}]/Size {self._next}/Root {root} 0 R/Prev {self._before}"
        self._out += b"%d 0 obj\n<<%s/Length %d>>stream\n%b\nendstream\nendobj\n" % (table, about.encode(), len(rows), rows)
        self._out += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(self._out)

    def _add_objects(self) -> None:
        heads, at = [], 0
        for number, words in self._objects:
            heads.append(f"{number} {at}")
            at += len(words) + 1
        head = " ".join(heads) + "\n"
        body = head + " ".join([words for _, words in self._objects])
        stream = self.add_stream(body.encode("latin-1"), f"/Type/ObjStm/N {len(self._objects)}/First {len(head)}")
        self._places |= {number: (2, stream, place) for place, (number, _) in enumerate(self._objects)}


def refers(number: int) -> str:
    """A reference to an object."""
    return f"{number} 0 R"
