"""A round-robin: a SENCO asks chosen staff set questions about a pupil by a date, and reads the answers side by side.

Code of Practice 6.45: the assessment draws on the teacher's assessment and experience of the pupil.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

Way = Literal["here", "pdf", "xlsx"]
"""How somebody is asked: in this record, on a form, on a spreadsheet."""

MOST_QUESTIONS = 20
MOST_QUESTION = 400
MOST_ANSWER = 10_000
"""Characters."""

_CODE = 8
_CHECK = 2


@dataclass(frozen=True)
class Question:
    """One question. With a ``scale`` the answer is one of its words, otherwise free text."""

    text: str
    scale: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class QuestionSet:
    """The school's own questions, kept to be asked again. The shipped sets are files of ``resources/questions``."""

    id: str
    title: str
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class RoundRobin:
    """What is asked about a pupil. The questions never change once they were sent."""

    id: str
    pupil: str
    pupil_name: str
    """As it is said to those asked: some of them do not see the pupil here otherwise."""
    title: str
    asked_on: date
    due_on: date
    author: str
    author_name: str
    questions: tuple[Question, ...] = ()
    closed_on: date | None = None
    """From this day on nobody is waited for."""


@dataclass(frozen=True)
class RoundRobinAsk:
    """One person who is asked."""

    id: str
    pupil: str
    round_robin: str
    staff_member: str
    staff_name: str
    way: Way
    token: str
    """Stands on the form that goes out, so that its return is known for what it is."""
    sent_on: date | None = None


@dataclass(frozen=True)
class RoundRobinAnswer:
    """What one person answered, in the order of the questions; an empty text where nothing was."""

    id: str
    pupil: str
    round_robin: str
    ask: str
    answered_on: date
    author: str
    """Who saved it: the person themselves, or whoever read their form back."""
    author_name: str
    way: Way
    answers: tuple[str, ...] = ()


def token_of(secret: str) -> str:
    """A code that can be read out: ten letters and digits, the last two of which prove the others, such as ``K7QM-2DXA-PE``."""
    code = _letters(f"round-robin {secret}", _CODE)
    return _grouped(code + _letters(f"check {code}", _CHECK))


def plain_token(typed: str) -> str | None:
    """The code as it is kept, from however it was typed; None where its last two characters do not fit the others."""
    code = "".join(each for each in typed.upper() if each.isascii() and each.isalnum())
    if len(code) != _CODE + _CHECK or _letters(f"check {code[:_CODE]}", _CHECK) != code[_CODE:]:
        return None
    return _grouped(code)


def pupil_code(pupil: str) -> str:
    """Stands on a form for the pupil, so that a form whose code was swapped is known. Tells nothing of them."""
    return _letters(f"pupil {pupil}", 12)


def is_late(round_robin: RoundRobin, today: date) -> bool:
    return round_robin.closed_on is None and round_robin.due_on < today


def unanswered(questions: tuple[Question, ...], answers: tuple[str, ...]) -> list[int]:
    """The places of required questions without an answer."""
    return [number for number, each in enumerate(questions) if each.required and not answers[number].strip()]


def _letters(text: str, count: int) -> str:
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode()[:count]


def _grouped(code: str) -> str:
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def as_lines(questions: tuple[Question, ...]) -> str:
    """The questions to be edited, one in a line: ``How is it going? [Well / Badly] *``. The star asks for an answer."""
    made = []
    for each in questions:
        scale = f" [{' / '.join(each.scale)}]" if each.scale else ""
        made.append(f"{each.text}{scale}{' *' if each.required else ''}")
    return "\n".join(made)


def from_lines(lines: str) -> tuple[Question, ...]:
    """The other way round. A bracket without at least two choices is part of the question."""
    return tuple(_of_line(each.strip()) for each in lines.splitlines() if each.strip())


def _of_line(line: str) -> Question:
    text, required = (line[:-1].rstrip(), True) if line.endswith("*") else (line, False)
    before, bracket, inside = text[:-1].rpartition("[") if text.endswith("]") else ("", "", "")
    scale = tuple(dict.fromkeys(each.strip() for each in inside.split("/") if each.strip()))
    if bracket and before.strip() and len(scale) > 1:
        return Question(before.strip(), scale, required)
    return Question(text or line, (), required)
