"""What an outcome is measured in: reading a value as a person types it, writing it, and what may be computed from two of them.

The units are data (``resources/rules/measures.json``; domain.md 1 and 5). A value is exact: months for an age, seconds for a
duration, the place from the lowest for words in an order. What ``Unit.words`` writes, ``Unit.read`` reads as the same value.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from sencoapp.domain.refusals import Refusal

Reads = Literal["number", "age", "duration", "share", "words"]
Better = Literal["up", "down", "target"]
Computes = Literal["gain", "ratio_gain", "band"]
Way = Literal["better", "worse", "same"]

DAYS_A_MONTH = Fraction(1461, 48)
"""A twelfth of 365.25 days."""

_NUMBER = r"[+\-]?\d{1,9}(?:\.\d{1,6})?"
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-"})
_AGE = re.compile(
    r"(?:(?P<years>\d{1,3}) ?(?:years?|yrs?|y)(?:,? ?(?:and )?(?P<months>\d{1,2}) ?(?:months?|mths?|mos?|m)?)?"
    r"|(?P<only>\d{1,3}) ?(?:months?|mths?|mos?)|(?P<left>\d{1,2})[:;] ?(?P<right>\d{1,2})|(?P<bare>\d{1,2}))"
)
_TWO_WAYS = re.compile(r"\d{1,2}[.,]\d{1,2}")
_DURATION = re.compile(
    rf"(?:(?P<hours>{_NUMBER}) ?(?:hours?|hrs?|h)(?: ?(?:and )?(?=\d)|$))?"
    rf"(?:(?P<minutes>{_NUMBER}) ?(?:minutes?|mins?|m)(?: ?(?:and )?(?=\d)|$))?(?:(?P<seconds>{_NUMBER}) ?(?:seconds?|secs?|s))?"
    rf"|(?P<full>{_NUMBER}) ?(?:hours?|hrs?|h) ?(?P<left>\d{{1,2}})"
)
_SHARE = re.compile(rf"(?P<number>{_NUMBER}) ?(?:of|out of|in|/) ?(?P<out_of>{_NUMBER})")
_BAND = re.compile(
    rf"(?P<rest>.*?)[\s,]*\(?\s*(?:(?P<low>{_NUMBER})\s*(?:-|to)\s*(?P<high>{_NUMBER})|(?:\u00b1|\+/-)\s*(?P<half>{_NUMBER}))\s*\)?"
)
_TIMES_WORDS = {"once": "1", "twice": "2", "never": "0", "none": "0"}


@dataclass(frozen=True)
class Value:
    """One value. ``number`` is in the unit's own base; ``low`` and ``high`` are the ends of its confidence band, if one was given."""

    number: Fraction
    out_of: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def size(self) -> Fraction:
        """What values are compared and drawn by: of a share, the percentage."""
        return self.number if self.out_of is None else 100 * self.number / self.out_of


@dataclass(frozen=True)
class Change:
    """From a first value to a later one. ``size`` is in the unit's base, above 0 where the later one is higher."""

    size: Fraction
    way: Way
    beyond_band: bool | None = None
    """Whether it is larger than the confidence bands; None where no band was given, or the unit has none."""


class Unread(Exception):
    """A text is no value of a unit. ``key`` is that of a refusal, ``details`` belong to it."""

    def __init__(self, key: str = "measure_not_read", **details: object) -> None:
        super().__init__(key)
        self.key, self.details = key, details


@dataclass(frozen=True)
class Unit:
    """One way of measuring. ``counts`` says what is counted, such as "words a minute", where the unit leaves that to a person."""

    id: str
    reads: Reads
    better: Better
    computes: frozenset[str]
    example: str
    spoken: Mapping[str, Any]
    low: Fraction | None = None
    high: Fraction | None = None
    decimals: int = 0
    counted: bool = False
    signed: bool = False
    has_band: bool = False
    before: str = ""
    after: str = ""
    written: str = "{number}"
    difference_one: str = ""
    difference_many: str = "{number}"
    steps: tuple[tuple[str, ...], ...] = ()
    counts: str = ""

    def may(self, compute: Computes) -> bool:
        """Whether this may be computed from two values."""
        return compute in self.computes

    def counting(self, counts: str | None) -> "Unit":
        """The unit with what is counted, where it asks for that."""
        return replace(self, counts=" ".join((counts or "").split())) if self.counted else self

    def take(self, text: str) -> tuple[Value, bool]:
        """The value in a text, and whether the text itself names the unit. Raises ``Unread``."""
        typed = _plainly(text)
        reader = {"number": self._number, "age": _age, "duration": _duration, "share": self._share, "words": self._step}[self.reads]
        value, marked = reader(typed)
        self._check(value)
        return value, marked

    def words(self, value: Value) -> str:
        """The value as it is written: "7 years 3 months", "4 of 6", "84 (78 to 90)"."""
        if value.out_of is not None:
            return str(self.spoken["share"].format(number=written_number(value.number), out_of=written_number(value.out_of)))
        if value.low is not None and value.high is not None:
            low, high = written_number(value.low), written_number(value.high)
            return str(self.spoken["band"].format(number=written_number(value.number), low=low, high=high))
        return self.words_of(value.number)

    def words_of(self, number: Fraction) -> str:
        """A size alone, in full."""
        if self.reads in ("age", "duration"):
            return self._time(number)
        if self.reads == "words":
            return self.steps[min(max(0, round(number)), len(self.steps) - 1)][0]
        if self.reads == "share":
            return f"{written_number(number)}%"
        sign = "+" if self.signed and number > 0 else ""
        words = self.written.format(number=sign + written_number(number))
        return f"{words} {self.counts}" if self.counts else words

    def short_of(self, number: Fraction) -> str:
        """A size as it stands at a chart or in a column that says what is measured: "62", "7y 3m", "45%"."""
        if self.reads in ("age", "duration"):
            return self._time(number, short=True)
        if self.reads == "number" and not self.written.endswith("%"):
            return ("+" if self.signed and number > 0 else "") + written_number(number)
        return self.words_of(number)

    def difference(self, size: Fraction) -> str:
        """How far apart two values are, without its direction: "9 months", "22 words a minute"."""
        size = abs(size)
        if self.reads in ("age", "duration"):
            return self._time(size)
        if size == 1 and self.difference_one:
            return self.difference_one
        words = self.difference_many.format(number=written_number(round(size, 1)))
        return f"{words} {self.counts}" if self.counts else words

    # ---- within -----------------------------------------------------------------------------------------------------

    def _number(self, typed: str) -> tuple[Value, bool]:
        first, _, rest = typed.partition(" ")
        typed = f"{_TIMES_WORDS.get(first, first)} {rest}".strip()
        low = high = None
        if self.has_band and (band := _BAND.fullmatch(typed)) and band["rest"]:
            typed = band["rest"].strip()
            low, high = (_fraction(band["low"]), _fraction(band["high"])) if band["low"] else (_fraction(band["half"]), None)
        found = re.fullmatch(rf"(?P<before>{self.before})?[ :=]*(?P<number>{_NUMBER}) ?(?P<after>{self._behind()})", typed)
        if found is None:
            raise Unread
        number = _fraction(found["number"])
        if low is not None and high is None:
            low, high = number - low, number + low
        if low is not None and high is not None and not low <= number <= high:
            raise Unread("measure_outside_band")
        return Value(number, None, low, high), bool(found["before"] or found["after"] or low is not None)

    def _behind(self) -> str:
        """What may stand behind the number: what the unit says, or what is counted, in whole or its first words."""
        named = self.counts.casefold().split()
        beginnings = [r"\s+".join(map(re.escape, named[:count])) for count in range(len(named), 0, -1)]
        return "|".join((*filter(None, (self.after,)), *beginnings, ""))

    def _share(self, typed: str) -> tuple[Value, bool]:
        found = _SHARE.fullmatch(typed)
        if found is None:
            raise Unread
        value = Value(_fraction(found["number"]), _fraction(found["out_of"]))
        if not value.out_of or value.out_of < value.number:
            raise Unread("measure_more_than_all")
        return value, True

    def _step(self, typed: str) -> tuple[Value, bool]:
        for place, names in enumerate(self.steps):
            if typed in names:
                return Value(Fraction(place)), True
        raise Unread("measure_not_a_step", steps=", ".join(each[0] for each in self.steps))

    def _check(self, value: Value) -> None:
        for number in filter(lambda each: each is not None, (value.number, value.low, value.high)):
            assert number is not None
            if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
                raise Unread("measure_out_of_range", low=self._bound(self.low), high=self._bound(self.high))
        if any((each * 10**self.decimals).denominator != 1 for each in (value.number, value.out_of or 0)):
            raise Unread("measure_too_fine", places=self.decimals) if self.decimals else Unread("measure_not_whole")

    def _bound(self, number: Fraction | None) -> str:
        number = number or Fraction(0)
        return self._time(number) if self.reads in ("age", "duration") else written_number(number)

    def _time(self, number: Fraction, *, short: bool = False) -> str:
        """In whole months or seconds, the larger units first; nothing at all is told in months or minutes."""
        names = (("year", 12), ("month", 1)) if self.reads == "age" else (("hour", 3600), ("minute", 60), ("second", 1))
        rest, parts = round(number), []
        for name, size in names:
            count, rest = divmod(rest, size)
            if count or (not round(number) and name in ("month", "minute")):
                one, many = (self.spoken["short"][name],) * 2 if short else self.spoken[name]
                parts.append((one if count == 1 else many).format(number=count))
        return " ".join(parts)


class Measures:
    """All units, ready for use. ``content`` is that of ``measures.json``."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.units: Mapping[str, Unit] = {each["id"]: _unit(each, content["spoken"]) for each in content["units"]}
        """By code, in the order in which they are offered."""
        self._spoken = content["spoken"]
        self._least_days = int(content["ratio_gain"]["least_days"])
        self._bands = tuple((each["id"], Fraction(each["from"])) for each in content["ratio_gain"]["bands"])

    def read(self, unit: Unit, text: str, *, field: str | None = None) -> Value:
        """The value that a person typed: "7y 3m", "7:03", "4 of 6", "12 minutes", "ss 84".

        Raises ``Refusal`` with an example of what would be read: ``measure_not_read``, ``measure_of_another_unit`` (``other`` is
        the unit that the words belong to), ``measure_two_ways``, ``measure_two_ways_time``, ``measure_months_of_a_year``,
        ``measure_not_a_step``, ``measure_out_of_range``, ``measure_not_whole``, ``measure_too_fine``, ``measure_more_than_all``,
        ``measure_outside_band``.
        """
        about = {"typed": text.strip(), "example": unit.example, **({"field": field} if field else {})}
        try:
            return unit.take(text)[0]
        except Unread as unread:
            other = self._other(unit, text) if unread.key in ("measure_not_read", "measure_not_a_step") else None
            if other is not None:
                raise Refusal("measure_of_another_unit", **about, other=other.id) from None
            raise Refusal(unread.key, **about, **unread.details) from None

    def readings(self, unit: Unit, text: str, *, field: str | None = None) -> tuple[Value, ...]:
        """One value, or three (or five) of which the middle one counts; what ``baseline_words`` wrote is read again.

        Raises ``Refusal`` like ``read``, and ``measure_two_readings`` where none of them stands in the middle.
        """
        inner = re.fullmatch(_form(self._spoken["middle"]), text.strip())
        parts = [each for each in re.split(r"\s*[;\n]\s*|,\s+", inner["readings"] if inner else text.strip()) if each]
        if _is_read(unit, text) or not all(_is_read(unit, each) for each in parts):
            parts = [text]
        values = tuple(self.read(unit, each, field=field) for each in parts)
        if len(values) % 2 == 0:
            raise Refusal("measure_two_readings", count=len(values), **({"field": field} if field else {}))
        return values

    def baseline_words(self, unit: Unit, readings: Sequence[Value]) -> str:
        """How a baseline is kept and shown: the value, or the middle one with those that it is the middle of."""
        if len(readings) == 1:
            return unit.words(readings[0])
        all_of_them = str(self._spoken["between"]).join(replace(unit, counts="").words(each) for each in readings)
        return str(self._spoken["middle"].format(middle=unit.words(middle(readings)), readings=all_of_them))

    def ratio_gain(self, unit: Unit, first: Value, first_on: date, last: Value, last_on: date) -> Fraction | None:
        """Months gained for each month that went by; None where the unit allows none or the time is too short to say."""
        days = (last_on - first_on).days
        if not unit.may("ratio_gain") or days < self._least_days:
            return None
        return (last.number - first.number) / (days / DAYS_A_MONTH)

    def ratio_band(self, ratio: Fraction) -> str:
        """What a ratio gain is called: the id of its band, such as ``useful``."""
        return next((str(id) for id, start in reversed(self._bands) if ratio >= start), str(self._bands[0][0]))

    def _other(self, unit: Unit, text: str) -> Unit | None:
        for each in self.units.values():
            try:
                if each.id != unit.id and each.take(text)[1]:
                    return each
            except Unread:
                continue
        return None


def middle(values: Sequence[Value]) -> Value:
    """The median of an odd number of values: of three readings before the start, the one in the middle is the baseline."""
    return sorted(values, key=lambda each: each.size)[len(values) // 2]


def rises(unit: Unit, baseline: Value | None, target: Value | None) -> bool:
    """Whether higher is better: the unit says so, or the way from the baseline to the target does."""
    if unit.better != "target":
        return unit.better == "up"
    return baseline is None or target is None or target.size >= baseline.size


def change(unit: Unit, first: Value, last: Value, *, higher_is_better: bool = True) -> Change:
    """How a value changed. Of standardised scores only a change beyond the confidence bands is one (domain.md 5)."""
    size = last.size - first.size
    way: Way = "same" if size == 0 else "better" if (size > 0) == higher_is_better else "worse"
    return Change(size, way, _beyond(first, last) if unit.may("band") else None)


def _beyond(first: Value, last: Value) -> bool | None:
    if first.low is None and last.low is None:
        return None
    least = {each: (each.low if each.low is not None else each.number) for each in (first, last)}
    most = {each: (each.high if each.high is not None else each.number) for each in (first, last)}
    return least[last] > most[first] or most[last] < least[first]


def written_number(number: Fraction) -> str:
    """Without zeros that say nothing; at most six places."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.6f}".rstrip("0").rstrip(".")


def _unit(each: Mapping[str, Any], spoken: Mapping[str, Any]) -> Unit:
    bound: dict[str, Any] = {name: Fraction(str(each[name])) for name in ("low", "high") if name in each}
    texts = {name: each[name] for name in ("before", "after", "written", "difference_one") if name in each}
    return Unit(
        each["id"],
        each["reads"],
        each["better"],
        frozenset(each["computes"]),
        each["example"],
        spoken,
        decimals=each.get("decimals", 0),
        counted=each.get("counted", False),
        signed=each.get("signed", False),
        has_band=each.get("band", False),
        difference_many=each.get("difference", "{number}"),
        steps=tuple(map(tuple, each.get("steps", ()))),
        **bound,
        **texts,
    )


def _plainly(text: str) -> str:
    """Small letters, one kind of dash, single spaces, no full stop at the end."""
    return " ".join(text.translate(_MINUS).casefold().split()).rstrip(" .,;")


def _fraction(typed: str) -> Fraction:
    return Fraction(typed)


def _age(typed: str) -> tuple[Value, bool]:
    found = _AGE.fullmatch(typed)
    if found is None:
        raise Unread("measure_two_ways") if _TWO_WAYS.fullmatch(typed) else Unread
    if found["only"]:
        return Value(Fraction(found["only"])), True
    years, months = int(found["years"] or found["left"] or found["bare"]), int(found["months"] or found["right"] or 0)
    if months > 11:
        raise Unread("measure_months_of_a_year")
    return Value(Fraction(12 * years + months)), found["bare"] is None


def _duration(typed: str) -> tuple[Value, bool]:
    if re.fullmatch(_NUMBER, typed):
        return Value(60 * _fraction(typed)), False
    found = _DURATION.fullmatch(typed)
    if found is None or not any(found.groups()):
        raise Unread("measure_two_ways_time") if re.fullmatch(r"\d{1,2}:\d\d", typed) else Unread
    parts = ((found["hours"] or found["full"], 3600), (found["minutes"] or found["left"], 60), (found["seconds"], 1))
    return Value(sum((_fraction(count) * size for count, size in parts if count), Fraction(0))), True


def _is_read(unit: Unit, text: str) -> bool:
    try:
        unit.take(text)
    except Unread:
        return False
    return True


def _form(template: str) -> str:
    """The pattern of what a template writes."""
    return "".join(f"(?P<{part[1:-1]}>.+)" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", template))
