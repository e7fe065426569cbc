"""Words for the kinds of things in the record and for their fields; a kind or field without words of its own says its name."""

from sencoapp import reference


def kind_words(kind: str) -> str:
    """ "Notes" for observation."""
    return _or_name("kinds", kind)


def field_words(field: str) -> str:
    """ "Date of birth" for birth_date."""
    return _or_name("fields", field)


def _or_name(room: str, name: str) -> str:
    try:
        return reference.say(f"{room}.{name}")
    except KeyError:
        plain = name.removesuffix("_on").replace("_", " ")
        return plain[:1].upper() + plain[1:]
