"""The council's signature under what it has received. The key lies in the data folder and is its owner's alone."""

import contextlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from sencoapp.api.messages import RECEIPT_KIND, ReceiptClaims
from sencoapp.crypto.signatures import new_signing_key, public_key, sign

KEY_FILE = "receipt-key.json"


class Receipts:
    """Signs receipts with the key in the folder, made when there is none."""

    def __init__(self, folder: Path, council: str) -> None:
        self.council = council
        self._key = _kept_key(folder / KEY_FILE)

    @property
    def public_key(self) -> dict[str, str]:
        """The public half as a JWK; laptops pin it when they first sign in."""
        return public_key(self._key)

    def sign(self, submission: str, manifest_sha256: str, received_at: datetime) -> str:
        """The receipt, a compact JWS. Its time starts the six weeks of reg 5(1) of the SEND Regulations 2014."""
        claims: ReceiptClaims = {
            "submission": submission,
            "manifest_sha256": manifest_sha256,
            "received_at": received_at.isoformat(),
            "council": self.council,
            "kid": self.public_key["kid"],
        }
        return sign(claims, self._key, RECEIPT_KIND)


def _kept_key(path: Path) -> str:
    if not path.exists():
        handle, made = tempfile.mkstemp(dir=path.parent, prefix=".receipt-key-")  # made with 0600
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(new_signing_key())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # another process was quicker: then its key is the key
            Path(path).hardlink_to(made)
        Path(made).unlink()
    return path.read_text("utf-8")
