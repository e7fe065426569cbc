"""The encrypted record on this laptop: SQLCipher through sqlite-utils, and sealed files beside it."""
