"""Keys, sealing, signatures: the only room that knows the cryptography libraries. Small enough to review in an hour."""
