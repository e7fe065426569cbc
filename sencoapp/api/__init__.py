"""The messages that both halves of the council API speak. Knows neither networks nor keys."""
