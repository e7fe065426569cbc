"""From a passphrase, the keyring's secret and a printed code to the key of a profile.

The profile's database and files are encrypted under a random data key. That key is kept twice, wrapped:
once under the passphrase (Argon2id, RFC 9106) together with a second secret from the operating system's
keyring, and once under a 160-bit code that is printed at the start and kept on paper (sync.md 2 and 4).
"""

import hashlib
import secrets
import threading
import unicodedata
from dataclasses import asdict, dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sencoapp.domain.refusals import Fault, Refusal

KEY_BYTES = 32
CODE_CHARACTERS = 32
CHECK_CHARACTERS = 4
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LEAST_WITH_KEYRING = 8
LEAST_ALONE = 12
MOST_MEMORY_KIB = 1024 * 1024
MOST_PASSES = 16
MOST_LANES = 16
SALT_BYTES = 16
NONCE_BYTES = 12
WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + 16

_ONE_AT_A_TIME = threading.Lock()
"""Two derivations of several lanes in one process wait for each other for ever (cryptography 50.0.2)."""


@dataclass(frozen=True)
class Effort:
    """How hard it is to try a passphrase: memory in KiB, passes, lanes."""

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        """Raises ``ValueError`` for what no card of ours says: a tampered one must not exhaust the laptop."""
        for value, most in ((self.memory_kib, MOST_MEMORY_KIB), (self.passes, MOST_PASSES), (self.lanes, MOST_LANES)):
            if type(value) is not int or not 0 < value <= most:
                raise ValueError("no effort of ours")
        if self.memory_kib < 8 * self.lanes:
            raise ValueError("no effort of ours")


WITH_KEYRING = Effort(memory_kib=64 * 1024, passes=3, lanes=4)
ALONE = Effort(memory_kib=256 * 1024, passes=3, lanes=4)
"""Where the passphrase is all there is, it costs four times the memory to try."""


@dataclass(frozen=True)
class KeyRecord:
    """The wrapped keys as ``profile.json`` holds them: hex text, nothing personal."""

    effort: Effort
    salt: str
    needs_keyring: bool
    by_passphrase: str
    by_code: str

    def as_plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_plain(cls, values: dict[str, Any]) -> "KeyRecord":
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what was never written by ``as_plain``."""
        record = cls(**{**values, "effort": Effort(**values["effort"])})
        for text, length in ((record.salt, SALT_BYTES), (record.by_passphrase, WRAPPED_BYTES), (record.by_code, WRAPPED_BYTES)):
            if len(bytes.fromhex(text)) != length:
                raise ValueError("not of the length that was written")
        if not isinstance(record.needs_keyring, bool):
            raise TypeError("needs_keyring")
        return record


def new_keyring_secret() -> bytes:
    """32 random bytes for the operating system's keyring."""
    return secrets.token_bytes(KEY_BYTES)


def new_profile_keys(passphrase: str, keyring_secret: bytes | None, effort: Effort | None = None) -> tuple[bytes, KeyRecord, str]:
    """A new data key, its wrapped forms, and the recovery code to print.

    Raises ``Refusal("passphrase_too_short")``: eight characters with a keyring, twelve without.
    """
    check_passphrase(passphrase, with_keyring=keyring_secret is not None)
    data_key = secrets.token_bytes(KEY_BYTES)
    code = new_recovery_code()
    chosen = effort or (WITH_KEYRING if keyring_secret else ALONE)
    salt = secrets.token_bytes(SALT_BYTES)
    record = KeyRecord(
        effort=chosen,
        salt=salt.hex(),
        needs_keyring=keyring_secret is not None,
        by_passphrase=_wrap(data_key, _from_passphrase(passphrase, salt, chosen, keyring_secret), b"passphrase"),
        by_code=_wrap(data_key, _from_code(code, salt), b"recovery"),
    )
    return data_key, record, code


def unlock(record: KeyRecord, passphrase: str, keyring_secret: bytes | None) -> bytes:
    """The data key. Raises ``Fault("wrong_passphrase")``, or ``Fault("keyring_secret_missing")``."""
    if record.needs_keyring and keyring_secret is None:
        raise Fault("keyring_secret_missing")
    salt = bytes.fromhex(record.salt)
    secret = keyring_secret if record.needs_keyring else None
    try:
        return _unwrap(record.by_passphrase, _from_passphrase(passphrase, salt, record.effort, secret), b"passphrase")
    except InvalidTag:
        raise Fault("wrong_passphrase") from None


def unlock_with_code(record: KeyRecord, code: str) -> bytes:
    """The data key from the printed sheet. Raises ``Refusal("recovery_code_mistyped")`` or ``Fault("wrong_recovery_code")``."""
    typed = read_recovery_code(code)
    try:
        return _unwrap(record.by_code, _from_code(typed, bytes.fromhex(record.salt)), b"recovery")
    except InvalidTag:
        raise Fault("wrong_recovery_code") from None


def with_new_passphrase(
    record: KeyRecord, data_key: bytes, passphrase: str, keyring_secret: bytes | None, effort: Effort | None = None
) -> KeyRecord:
    """The same data key and printed code under another passphrase: only the wrapping changes."""
    check_passphrase(passphrase, with_keyring=keyring_secret is not None)
    chosen = effort or (WITH_KEYRING if keyring_secret else ALONE)
    wrapped = _wrap(data_key, _from_passphrase(passphrase, bytes.fromhex(record.salt), chosen, keyring_secret), b"passphrase")
    return KeyRecord(chosen, record.salt, keyring_secret is not None, wrapped, record.by_code)


def with_code(record: KeyRecord, data_key: bytes, code: str) -> KeyRecord:
    """The same data key and passphrase under another printed code: the one before opens this card no more."""
    by_code = _wrap(data_key, _from_code(read_recovery_code(code), bytes.fromhex(record.salt)), b"recovery")
    return replace(record, by_code=by_code)


def check_passphrase(passphrase: str, *, with_keyring: bool) -> None:
    """Raises ``Refusal("passphrase_too_short")`` with the least number of characters."""
    least = LEAST_WITH_KEYRING if with_keyring else LEAST_ALONE
    if len(unicodedata.normalize("NFC", passphrase)) < least:
        raise Refusal("passphrase_too_short", field="passphrase", least=least)


def new_recovery_code() -> str:
    """160 random bits as 32 Crockford characters, four check characters, in groups of four."""
    body = "".join(secrets.choice(CROCKFORD) for _ in range(CODE_CHARACTERS))
    return _grouped(body + _check_characters(body))


def read_recovery_code(typed: str) -> str:
    """The code as it was printed, from what a person typed: spaces, lower case, O for 0 and I or L for 1 are forgiven."""
    plain = "".join(each for each in typed.upper() if each.isalnum()).translate(str.maketrans("OIL", "011"))
    body, check = plain[:CODE_CHARACTERS], plain[CODE_CHARACTERS:]
    if len(plain) != CODE_CHARACTERS + CHECK_CHARACTERS or _check_characters(body) != check:
        raise Refusal("recovery_code_mistyped", field="recovery_code")
    return _grouped(plain)


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def _check_characters(body: str) -> str:
    digest = int.from_bytes(hashlib.sha256(b"sencoapp recovery " + body.encode()).digest()[:3], "big")
    return "".join(CROCKFORD[digest >> shift & 31] for shift in (15, 10, 5, 0))


def _from_passphrase(passphrase: str, salt: bytes, effort: Effort, keyring_secret: bytes | None) -> bytes:
    # One form for letters that keyboards write in two (RFC 8265, 4.2); half a character is no reason to stop.
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    argon = Argon2id(salt=salt, length=KEY_BYTES, iterations=effort.passes, lanes=effort.lanes, memory_cost=effort.memory_kib)
    with _ONE_AT_A_TIME:
        stretched = argon.derive(typed)
    return _expand(stretched + (keyring_secret or b""), salt, b"sencoapp passphrase key")


def _from_code(code: str, salt: bytes) -> bytes:
    return _expand(code.replace("-", "").encode(), salt, b"sencoapp recovery key")


def _expand(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(secret)


def _wrap(data_key: bytes, under: bytes, purpose: bytes) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return (nonce + AESGCM(under).encrypt(nonce, data_key, purpose)).hex()


def _unwrap(wrapped: str, under: bytes, purpose: bytes) -> bytes:
    raw = bytes.fromhex(wrapped)
    return AESGCM(under).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose)


def key_from_words(words: str, salt: bytes, effort: Effort, purpose: bytes) -> bytes:
    """A key from a code or passphrase alone, for one purpose: Argon2id, then HKDF."""
    argon = Argon2id(salt=salt, length=KEY_BYTES, iterations=effort.passes, lanes=effort.lanes, memory_cost=effort.memory_kib)
    with _ONE_AT_A_TIME:
        stretched = argon.derive(unicodedata.normalize("NFC", words).encode("utf-8", "surrogatepass"))
    return _expand(stretched, salt, purpose)
