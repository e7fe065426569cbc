"""Files that other systems write and read: CTF, ATF, SIMS reports, tables."""

from sencoapp.exchange.reader import PupilFileReader

__all__ = ["PupilFileReader"]
