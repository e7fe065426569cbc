"""How the record says no.

Every message that a person may see is a sentence in ``resources/wording/refusals.toml`` under the key
given here; ``sencoapp.reference.explain`` turns one into words. Anything that is not a ``PlainMessage``
is a bug of ours.
"""


class PlainMessage(Exception):
    """Something a person can understand and act on. Nothing was changed when it is raised."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key, details)
        self.key = key
        self.details = details

    def __str__(self) -> str:
        return f"{self.key} {self.details}" if self.details else self.key


class Refusal(PlainMessage):
    """The rules of the record do not allow it, or what was entered cannot be kept as it stands.

    ``details`` may hold ``field``, the name of the field to go to.
    """


class Fault(PlainMessage):
    """The world is at fault: a full disk, a damaged file, a wrong passphrase, a gateway that does not answer."""
