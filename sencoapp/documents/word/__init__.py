"""The same content as Word, for councils that insist. Imports python-docx: import it late."""
