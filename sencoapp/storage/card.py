"""The card of a profile, ``profile.json``: its wrapped keys, and the label by which a person chooses it. Anybody can read it."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sencoapp.crypto.keys import KeyRecord
from sencoapp.domain.refusals import Fault
from sencoapp.folders import CARD
from sencoapp.storage.engine import faults_of_the_world
from sencoapp.storage.whole_files import write_whole

FORM = 1


@dataclass(frozen=True)
class Card:
    """``label`` is what the first screen shows; empty where none was chosen."""

    profile: str
    keys: KeyRecord
    label: str = ""


def read_card(folder: Path) -> Card:
    """Raises ``Fault``: ``no_profile_here``, ``profile_card_damaged``, ``record_is_newer``."""
    try:
        card: Any = json.loads((folder / CARD).read_text("utf-8"))
    except FileNotFoundError:
        raise Fault("no_profile_here", folder=str(folder)) from None
    except (ValueError, OSError):
        raise Fault("profile_card_damaged", folder=str(folder)) from None
    try:
        if card["form"] > FORM:
            raise Fault("record_is_newer")
        if "sum" in card and card["sum"] != _sum(card):
            raise Fault("profile_card_damaged", folder=str(folder))
        return Card(card["profile"], KeyRecord.from_plain(card["keys"]), str(card.get("label", "")))
    except (KeyError, TypeError, ValueError):
        raise Fault("profile_card_damaged", folder=str(folder)) from None


def write_card(folder: Path, card: Card) -> None:
    """Raises ``Fault`` for what the disk does; then the card is as it was."""
    plain: dict[str, Any] = {"form": FORM, "profile": card.profile, "label": card.label, "keys": card.keys.as_plain()}
    plain["sum"] = _sum(plain)
    with faults_of_the_world():
        write_whole(folder / CARD, json.dumps(plain, indent=2, ensure_ascii=False).encode())


def _sum(card: dict[str, Any]) -> str:
    """Tells a card that the disk gave back damaged from a wrong passphrase. It keeps nobody from writing another card."""
    plain = {name: value for name, value in card.items() if name != "sum"}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
