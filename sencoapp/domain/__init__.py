"""The words and rules of SEND: plain dataclasses and pure functions. No I/O, no clock, no random."""
