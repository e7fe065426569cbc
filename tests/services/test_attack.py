"""A teacher's session tries every function of the services on a pupil of another class: a refusal or nothing, and nothing saved."""

import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice

import pytest

import sencoapp.services
from sencoapp.domain.people import Pupil
from sencoapp.domain.permissions import belongs_to_pupils
from sencoapp.domain.record import KINDS, Amend, kind_name
from tests.services.people_of_the_school import TwoClasses, a_thing

SECRET = "Zwielicht"
LEFT_OUT = {"demo_school", "demo_people", "demo_requests", "demo_clock", "guarded_record", "ports", "council_port"}
WORDS = ("text", "title", "name", "surname", "description", "note", "what", "reason", "strengths", "aim", "recipient", "asked_by")


def functions() -> Iterator[tuple[str, typing.Any]]:
    """Every public function of the services that is handed a session or a record."""
    for found in pkgutil.iter_modules(sencoapp.services.__path__):
        if found.name in LEFT_OUT:
            continue
        module = importlib.import_module(f"sencoapp.services.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if function.__module__ == module.__name__ and not name.startswith("_") and first in ("session", "record"):
                yield f"{found.name}.{name}", function


@pytest.fixture
def school(place):
    made = TwoClasses(place)
    made.things = {}
    for name, kind in KINDS.items():
        if name == "pupil":
            continue
        marked = dict.fromkeys(WORDS, SECRET) if belongs_to_pupils(name) else {}
        thing = a_thing(kind, place, made.other, **marked)
        if belongs_to_pupils(name):
            made.save(thing)
            made.things[name] = thing
    words = {"legal_surname": SECRET, "strengths": SECRET, "what_works": SECRET}
    made.record.save([Amend(Pupil, made.other.id, words)], action="test", actor=place.session.actor)
    made.things["pupil"] = made.record.get(Pupil, made.other.id)
    return made


def given(name: str, hint: typing.Any, school: TwoClasses, place: typing.Any) -> typing.Any:
    """The nastiest value that fits: a thing of the other pupil, its id, or the pupil's."""
    if name in ("documents", "rooms"):
        return place.documents
    if name in school.things and hint is str:
        return school.things[name].id
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return given(name, next(each for each in typing.get_args(hint) if each is not type(None)), school, place)
    if hint in KINDS.values() and kind_name(hint) in school.things:
        thing = school.things[kind_name(hint)]  # its id, and words that nobody was told
        return replace(thing, **{each: "x" for each, word in vars(thing).items() if word == SECRET})
    if origin is type or hint is type:
        return KINDS.get("outcome")
    if origin is typing.Literal:
        return typing.get_args(hint)[0]
    if hint is str:
        return school.other.id
    if hint is date:
        return date(2026, 11, 2)
    if hint in (int, bool):
        return hint(1)
    if hint is bytes:
        return b"x"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {}
    if origin is not None:
        return (school.other.id,)
    try:
        return hint()
    except Exception:
        return None


def test_nothing_of_another_classs_pupil_is_told_or_changed(place, school):
    teacher = school.session("teacher")
    tried, answered = 0, []
    for where, function in functions():
        signature = inspect.signature(function)
        try:
            hints = typing.get_type_hints(function)
        except Exception:
            hints = {}
        values = {}
        for number, each in enumerate(signature.parameters.values()):
            if number == 0:
                values[each.name] = teacher if each.name == "session" else teacher.record
            elif each.default is inspect.Parameter.empty or each.name in ("pupil", "query"):
                values[each.name] = given(each.name, hints.get(each.name, str), school, place)
        before = school.record.position()
        try:
            positional = [values.pop(each.name) for each in signature.parameters.values() if each.kind == each.POSITIONAL_ONLY]
            answer = function(*positional, **values)
            if isinstance(answer, Iterator):
                answer = list(islice(answer, 1000))
        except Exception as said:
            answer = said
        else:
            answered.append(where)
        tried += 1
        assert SECRET not in repr(answer), where
        assert school.other.id not in school.record.streams_since(before), where
    assert tried > 100
    assert len(answered) > 20, "The attack must reach the record to mean anything."
