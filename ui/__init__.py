"""The window. PySide6 only; everything it shows and does goes through ``sencoapp.services``."""
