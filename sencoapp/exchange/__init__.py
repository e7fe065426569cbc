"""Files that other systems write and read: CTF, ATF, SIMS reports, tables; and the packs in which pupils are handed on."""

from sencoapp.exchange.pupil_packs import PupilPacks
from sencoapp.exchange.reader import PupilFileReader

__all__ = ["PupilFileReader", "PupilPacks"]
