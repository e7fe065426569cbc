"""Lays content out on paper. Imports ReportLab and pikepdf: import it late."""
