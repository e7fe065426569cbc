"""A pupil's pack (``.senpupil``): a ZIP of parts with a signed statement of them, sealed under a code (``crypto.packs``).

The statement holds the SHA-256 of every part and is signed with the sending school's Ed25519 key, whose public half is in the
file. That proves that the parts belong together and come from whoever holds the key; that this is the school it says, two
people find out by comparing the fingerprint.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from sencoapp.crypto import packs, signatures
from sencoapp.crypto.keys import Effort
from sencoapp.crypto.signatures import BadSignature
from sencoapp.domain.refusals import Fault
from sencoapp.services.packs import OpenedPack

KIND = "senpupil+jws"
STATEMENT, KEY = "statement.jws", "key.json"
MOST_PARTS = 20_000


class PupilPacks:
    """Fulfils ``services.packs.Packs``. ``effort`` may be lighter in tests."""

    def __init__(self, effort: Effort | None = None) -> None:
        self._effort = effort

    def new_code(self) -> str:
        return packs.new_code()

    def new_key(self) -> str:
        return signatures.new_signing_key()

    def fingerprint(self, key: str) -> str:
        return _spoken(signatures.thumbprint(signatures.public_key(key)))

    def seal(self, claims: Mapping[str, Any], parts: Mapping[str, bytes], *, key: str, code: str) -> bytes:
        """The whole file."""
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(parts.items())}
        statement = signatures.sign({**claims, "parts": digests}, key, KIND)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
            bundle.writestr(KEY, json.dumps(signatures.public_key(key)))
            bundle.writestr(STATEMENT, statement)
            for name, content in sorted(parts.items()):
                bundle.writestr(name, content)
        return packs.seal_pack(out.getvalue(), code, self._effort)

    def open(self, content: bytes, code: str) -> OpenedPack:
        """The parts, each as it was signed. Raises ``Fault`` with one sentence for anything else."""
        plain = packs.open_pack(content, code)
        try:
            with zipfile.ZipFile(io.BytesIO(plain)) as bundle:
                found = _stored(bundle, len(plain))
            key = json.loads(found.pop(KEY))
            claims = signatures.verify(found.pop(STATEMENT).decode("ascii"), key, KIND)
            fingerprint = _spoken(signatures.thumbprint(key))
        except (zipfile.BadZipFile, BadSignature, ValueError, KeyError, TypeError, AttributeError, EOFError, RecursionError, OSError):
            raise Fault("pack_damaged") from None
        digests = claims.pop("parts", None)
        if not isinstance(digests, dict) or digests != {name: hashlib.sha256(part).hexdigest() for name, part in found.items()}:
            raise Fault("pack_damaged")
        return OpenedPack(claims, fingerprint, found)


def _stored(bundle: zipfile.ZipFile, size: int) -> dict[str, bytes]:
    """Every part once, as it was stored: nothing unpacks to more than the file. Raises ``ValueError``."""
    parts = bundle.infolist()
    names = [each.filename for each in parts]
    plainly = all(each.compress_type == zipfile.ZIP_STORED and not each.flag_bits & 0x1 for each in parts)
    if len(parts) > MOST_PARTS or len(set(names)) < len(names) or not plainly or sum(each.file_size for each in parts) > size:
        raise ValueError("not stored by us")
    return {each.filename: bundle.read(each) for each in parts}


def _spoken(thumbprint: str) -> str:
    """The beginning of a key's SHA-256 as four groups that two people can read to each other."""
    digits = hashlib.sha256(thumbprint.encode()).hexdigest()[:24].upper()
    return " ".join(digits[start : start + 6] for start in range(0, 24, 6))
