"""Passwords of the gateway's local accounts: Argon2id (RFC 9106), kept as a PHC string that names its own cost."""

import secrets

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

MEMORY_KIB = 64 * 1024
PASSES = 3
# One lane only: with cryptography 50.0.2 (OpenSSL) two computations with four lanes each, at once, wait for each other for ever.
LANES = 1


def hash_password(password: str) -> str:
    """What to keep of a password, ``$argon2id$v=19$m=...``. It takes 64 MiB and about a tenth of a second."""
    argon = Argon2id(salt=secrets.token_bytes(16), length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB)
    return argon.derive_phc_encoded(password.encode())


def is_password(password: str, kept: str) -> bool:
    """Whether this is the password that was kept. Takes as long for a wrong one as for the right one."""
    try:
        Argon2id.verify_phc_encoded(password.encode(), kept)
    except InvalidKey:
        return False
    return True
