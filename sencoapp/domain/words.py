"""Words as a search compares them: small letters, no accents, apostrophes both joined and apart; and words cut to a length."""

import re
import unicodedata

LONGEST_PREFIX = 8
_APOSTROPHES = "'\u2019\u02bc`\u00b4"
_SPLIT = re.compile(r"[^\w]+|_+", re.UNICODE)


def folded(text: str) -> str:
    """Lower case without accents, for comparing and for sorting names."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in apart if not unicodedata.combining(each))
    return plain.replace("\u0142", "l").replace("\u00f8", "o").replace("\u00df", "ss")


def shortened(text: str, most: int, *, keep_lines: bool = False) -> str:
    """The text on one line, or with its lines, of at most so many letters; an ellipsis stands for what was cut off."""
    words = text if keep_lines else " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def search_words(text: str) -> list[str]:
    """The words of a text as typed into a search: "Zoë O'Neill" gives zoe, o, neill and oneill."""
    plain = folded(text)
    joined = plain
    for mark in _APOSTROPHES:
        joined = joined.replace(mark, "")
    found = [each for each in _SPLIT.split(plain) if each] + [each for each in _SPLIT.split(joined) if each]
    return list(dict.fromkeys(found))


def prefixes(text: str) -> set[str]:
    """Every beginning, one to eight letters, of every word of a text."""
    return {word[:length] for word in search_words(text) for length in range(1, min(len(word), LONGEST_PREFIX) + 1)}


def typed_words(text: str) -> list[str]:
    """The words of a query, longest first: apostrophes are joined, since that form is always there."""
    plain = folded(text)
    for mark in _APOSTROPHES:
        plain = plain.replace(mark, "")
    return sorted({each for each in _SPLIT.split(plain) if each}, key=lambda each: (-len(each), each))
