"""A file that one school seals and another opens with a code that was told by another way.

Form 1: ``SENPUPIL1``, the length of the head (four bytes), the head as JSON (salt, cost of the derivation, a check of the
key), then sealed chunks (``crypto.sealing``). The key comes from the code by Argon2id (RFC 9106) and is bound to the head.
"""

import hashlib
import hmac
import json
import secrets

from sencoapp.crypto.keys import ALONE, CROCKFORD, SALT_BYTES, Effort, key_from_words
from sencoapp.crypto.sealing import CHUNK_BYTES, seal, unseal
from sencoapp.domain.refusals import Fault

MAGIC = b"SENPUPIL"
FORM = b"1"
MOST_BYTES = 1024 * 1024 * 1024
_LONGEST_HEAD = 4096
_TAG_BYTES = 16
_CODE_CHARACTERS = 20


def new_code() -> str:
    """100 random bits as 20 Crockford characters in groups of four, to be told by telephone or letter."""
    plain = "".join(secrets.choice(CROCKFORD) for _ in range(_CODE_CHARACTERS))
    return "-".join(plain[start : start + 4] for start in range(0, _CODE_CHARACTERS, 4))


def seal_pack(content: bytes, code: str, effort: Effort | None = None) -> bytes:
    """The sealed file."""
    cost, salt = effort or ALONE, secrets.token_bytes(SALT_BYTES)
    head = {"salt": salt.hex(), "memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes}
    key = _key(code, head)
    written = json.dumps({**head, "check": _check(key)}, sort_keys=True).encode()
    return b"".join([MAGIC + FORM, len(written).to_bytes(4, "big"), written, *seal(content, key)])


def open_pack(content: bytes, code: str) -> bytes:
    """What was sealed. Raises ``Fault``: ``not_a_pupil_pack``, ``pack_is_newer``, ``pack_code_wrong``, ``pack_damaged``."""
    start = len(MAGIC) + len(FORM)
    if not content.startswith(MAGIC) or len(content) > MOST_BYTES:
        raise Fault("not_a_pupil_pack")
    if content[len(MAGIC) : start] != FORM:
        raise Fault("pack_is_newer")
    length = int.from_bytes(content[start : start + 4], "big")
    body = start + 4 + length
    if length > _LONGEST_HEAD or body > len(content):
        raise Fault("pack_damaged")
    try:
        head = json.loads(content[start + 4 : body])
        if json.dumps(head, sort_keys=True).encode() != content[start + 4 : body]:
            raise ValueError("not as it was written")  # a blank that became a line's end says the same, and was changed all the same
        check = str(head.pop("check"))
        key = _key(code, head)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Fault("pack_damaged") from None
    if not hmac.compare_digest(check.encode(), _check(key).encode()):
        raise Fault("pack_code_wrong")
    size = CHUNK_BYTES + _TAG_BYTES
    try:
        return unseal([content[at : at + size] for at in range(body, len(content), size)], key)
    except Fault:
        raise Fault("pack_damaged") from None


def _key(code: str, head: dict[str, object]) -> bytes:
    """Bound to the head: a cost or a salt that was tampered with gives another key. Costs beyond our own are not paid."""
    values = {name: head[name] for name in ("memory_kib", "passes", "lanes")}
    if any(type(each) is not int for each in values.values()):
        raise ValueError("no effort of ours")
    effort = Effort(**values)  # type: ignore[arg-type]
    if effort.memory_kib > ALONE.memory_kib or effort.passes > ALONE.passes:
        raise ValueError("no effort of ours")
    salt = bytes.fromhex(str(head["salt"]))
    bound = hashlib.sha256(json.dumps(head, sort_keys=True).encode()).digest()
    return key_from_words(_plain(code), salt, effort, b"sencoapp pupil pack " + bound)


def _check(key: bytes) -> str:
    return hmac.digest(key, b"sencoapp pupil pack check", "sha256").hex()[:32]


def _plain(code: str) -> str:
    """As it was told: spaces, hyphens and small letters are forgiven, and O for 0, I or L for 1."""
    return "".join(each for each in code.upper() if each.isalnum()).translate(str.maketrans("OIL", "011"))
