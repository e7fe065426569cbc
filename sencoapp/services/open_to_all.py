"""What a record answers and keeps for everybody, whatever their role: their own drafts and settings, the trail that they add to,
where the log stands, and whether it is whole."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sencoapp.domain.record import Actor
from sencoapp.services.ports import Fact, Finding, Progress, Record


class OpenToAll:
    """The part of ``GuardedRecord`` that asks for nothing."""

    _whole: Record

    def note(self, what: str, *, actor: Actor, pupil: str | None = None, **facts: Fact) -> None:
        self._whole.note(what, actor=actor, pupil=pupil, **facts)

    def log_hash(self, n: int) -> str:
        return self._whole.log_hash(n)

    def knows(self, saves: Iterable[str]) -> frozenset[str]:
        return self._whole.knows(saves)

    def erased_streams(self) -> frozenset[str]:
        return self._whole.erased_streams()

    def position(self) -> int:
        return self._whole.position()

    def drafts(self) -> list[tuple[str, datetime, Mapping[str, Any]]]:
        return self._whole.drafts()

    def draft(self, form: str) -> Mapping[str, Any] | None:
        return self._whole.draft(form)

    def keep_draft(self, form: str, content: Mapping[str, Any]) -> None:
        self._whole.keep_draft(form, content)

    def drop_draft(self, form: str) -> None:
        self._whole.drop_draft(form)

    def setting(self, name: str) -> Any:
        return self._whole.setting(name)

    def verify(self, progress: Progress | None = None) -> list[Finding]:
        return self._whole.verify(progress)
