"""The second secret of a profile, in the operating system's keyring: 32 bytes, and nothing else (sync.md 3).

Only keyrings that encrypt are used. Where there is none, the passphrase stands alone and the person is told.
"""

import base64
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from typing import Any

SERVICE = "sencoapp"
PATIENCE_SECONDS = 5.0
TRUSTED = ("keyring.backends.SecretService", "keyring.backends.kwallet", "keyring.backends.Windows", "keyring.backends.macOS")


class KeyringSecrets:
    """Keeps, finds and removes a profile's secret. A keyring that is missing, locked or slow counts as none."""

    def available(self) -> bool:
        """True where the operating system has a keyring that encrypts, and it answers."""
        return self._ask(lambda keyring: _is_trusted(keyring.get_keyring())) is True

    def find(self, profile: str) -> bytes | None:
        """The secret, or None where the keyring does not have it."""
        kept = self._ask(lambda keyring: keyring.get_password(SERVICE, profile) if _is_trusted(keyring.get_keyring()) else None)
        return base64.b64decode(kept) if isinstance(kept, str) else None

    def keep(self, profile: str, secret: bytes) -> bool:
        """True where the keyring took it and gives the same back."""
        words = base64.b64encode(secret).decode()
        self._ask(lambda keyring: keyring.set_password(SERVICE, profile, words) if _is_trusted(keyring.get_keyring()) else None)
        return self.find(profile) == secret

    def forget(self, profile: str) -> None:
        self._ask(lambda keyring: keyring.delete_password(SERVICE, profile))

    def _ask(self, question: Any) -> Any:
        # A keyring may put up a prompt of its own and wait for ever: ask on another thread, and do not wait for it.
        worker = ThreadPoolExecutor(1, thread_name_prefix="keyring")
        try:
            answer: Future[Any] = worker.submit(_asked, question)
            return answer.result(PATIENCE_SECONDS)
        except TooSlow:
            return None
        finally:
            worker.shutdown(wait=False)


def _asked(question: Any) -> Any:
    import keyring
    import keyring.errors

    try:
        return question(keyring)
    except keyring.errors.KeyringError:
        return None


def _is_trusted(backend: Any) -> bool:
    inner = getattr(backend, "backends", None)
    if inner is not None:
        inner = list(inner)
        return bool(inner) and all(_is_trusted(each) for each in inner)
    return type(backend).__module__.startswith(TRUSTED)
