"""The second secret of a profile, in the operating system's keyring: 32 bytes, and nothing else (sync.md 3).

Only keyrings that encrypt are used. Where there is none, the passphrase stands alone and the person is told.
"""

import base64
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

SERVICE = "sencoapp"
PATIENCE_SECONDS = 5.0
SECRET_BYTES = 32
TRUSTED = ("keyring.backends.SecretService", "keyring.backends.kwallet", "keyring.backends.Windows", "keyring.backends.macOS")


class KeyringSecrets:
    """Keeps, finds and removes a profile's secret. A keyring that is missing, locked or slow counts as none."""

    def available(self) -> bool:
        """True where the operating system has a keyring that encrypts, and it answers."""
        return self._ask(lambda keyring: _is_trusted(keyring.get_keyring())) is True

    def find(self, profile: str) -> bytes | None:
        """The secret, or None where the keyring does not have it."""
        kept = self._ask(lambda keyring: keyring.get_password(SERVICE, profile) if _is_trusted(keyring.get_keyring()) else None)
        return _secret_in(kept) if isinstance(kept, str) else None

    def keep(self, profile: str, secret: bytes) -> bool:
        """True where the keyring took it and gives the same back."""
        words = base64.b64encode(secret).decode()
        self._ask(lambda keyring: keyring.set_password(SERVICE, profile, words) if _is_trusted(keyring.get_keyring()) else None)
        return self.find(profile) == secret

    def forget(self, profile: str) -> None:
        self._ask(lambda keyring: keyring.delete_password(SERVICE, profile))

    def _ask(self, question: Any) -> Any:
        # A keyring may put up a prompt of its own and wait for ever: ask on another thread, and wait neither here nor at the end.
        answers: SimpleQueue[Any] = SimpleQueue()
        Thread(target=lambda: answers.put(_asked(question)), name="keyring", daemon=True).start()
        try:
            return answers.get(timeout=PATIENCE_SECONDS)
        except Empty:
            return None


def _asked(question: Any) -> Any:
    import keyring

    try:
        return question(keyring)
    except Exception:  # backends raise what their system raises: a bus that is gone, a vault that is locked
        return None


def _secret_in(words: str) -> bytes | None:
    try:
        secret = base64.b64decode(words, validate=True)
    except ValueError:
        return None
    return secret if len(secret) == SECRET_BYTES else None


def _is_trusted(backend: Any) -> bool:
    inner = getattr(backend, "backends", None)
    if inner is not None:
        inner = list(inner)
        return bool(inner) and all(_is_trusted(each) for each in inner)
    return type(backend).__module__.startswith(TRUSTED)
