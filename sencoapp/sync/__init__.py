"""This laptop's half of the council API. Loaded when something is sent or fetched, never by opening the window."""
