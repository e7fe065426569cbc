"""What one person may save: every edit beside the table of permissions."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sencoapp.domain.casework import Document
from sencoapp.domain.leaving import OUTLASTS_REMOVAL
from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.permissions import CHANGED_OF_ONESELF, SCOPES, Permissions, Scope, Verb, edit_of_seen, pupil_of
from sencoapp.domain.plan import Observation
from sencoapp.domain.record import WHO_READS, Amend, Edit, New, Remove, Restore, kind_name
from sencoapp.domain.refusals import Refusal
from sencoapp.services.asked import is_asked
from sencoapp.services.permissions import not_for_this_role
from sencoapp.services.ports import Record
from sencoapp.services.taken_back import taken_back

_WHERE_IT_BELONGS = {"pupil", "cycle", "request", "author", "round_robin", "ask"}


class EditGuard:
    """``whole`` is the record, ``seen`` the same as far as the person sees."""

    def __init__(self, whole: Record, seen: Record, person: StaffMember, table: Permissions) -> None:
        self._whole, self._seen, self._person, self._table = whole, seen, person, table

    def check(self, edits: Sequence[Edit], undoes: str | None = None) -> None:
        """Raises ``Refusal``: ``not_for_your_role``, ``saves_are_made_by_oneself``, or ``no_longer_there`` for what is not even seen."""
        own, back = self._own_among(edits), taken_back(self._whole, self._person, self._table, undoes)
        for edit in edits:
            self._check_one(edit, own, back)

    def allowed(self, edits: Sequence[Edit]) -> list[Edit]:
        """Those that may be saved, with only the fields that this person sees."""
        own = self._own_among(edits)
        kept = []
        for each in map(self._with_fields_seen, edits):
            try:
                self._check_one(each, own)
            except Refusal:
                continue
            kept.append(each)
        return kept

    def _fields(self, kind: type) -> frozenset[str] | None:
        return self._table.fields_seen.get((self._person.role, kind_name(kind)))

    def _own_among(self, edits: Sequence[Edit]) -> frozenset[str]:
        """Pupils of one's own classes, and notes of one's own, that are only now added."""
        new = [each.entity for each in edits if isinstance(each, New)]
        pupils = (each.id for each in new if isinstance(each, Pupil) and each.reg_group in self._person.classes)
        return frozenset((*pupils, *(each.id for each in new if isinstance(each, Observation) and each.author == self._person.id)))

    def _with_fields_seen(self, edit: Edit) -> Edit:
        seen = self._fields(type(edit.entity) if isinstance(edit, New) else edit.kind)
        return edit if seen is None else edit_of_seen(edit, seen)

    def _check_one(self, edit: Edit, own: frozenset[str], back: frozenset[str] = frozenset()) -> None:
        """Raises ``Refusal``: ``not_for_your_role``, or ``no_longer_there`` for what this person does not even see."""
        kind = type(edit.entity) if isinstance(edit, New) else edit.kind
        verb: Verb = "add" if isinstance(edit, New) else "change" if isinstance(edit, Amend) else "remove"
        name = kind_name(kind)
        scope = self._table.scope(self._person.role, name, verb)
        if isinstance(edit, Remove | Restore) and edit.id in back:
            scope = max(scope, self._table.scope(self._person.role, name, "add"), key=SCOPES.index)
        if scope == "none":
            raise not_for_this_role(self._table, name, verb)
        if isinstance(edit, New):
            self._check_new(edit.entity, name, scope, own)
            written = {each.name for each in fields(edit.entity) if getattr(edit.entity, each.name) not in (None, each.default, "", ())}
        else:
            self._check_old(edit, name, verb, scope)
            written = set(edit.values) if isinstance(edit, Amend) else set()
            of_own_note = kind is Document and scope == "mine"  # its file stays as it came
            if (scope != "all" and written & _WHERE_IT_BELONGS) or (of_own_note and not written <= WHO_READS):
                raise not_for_this_role(self._table, name, verb)
        seen = self._fields(kind)
        if seen is not None and not written - {"id", "pupil"} <= seen:
            raise not_for_this_role(self._table, name, verb)

    def _check_new(self, entity: Any, name: str, scope: Scope, own: frozenset[str]) -> None:
        if getattr(entity, "author", None) not in (None, self._person.id):
            raise Refusal("saves_are_made_by_oneself")
        if scope == "mine" and not self._goes_with_own_note(entity, own):
            raise not_for_this_role(self._table, name, "add")
        may_change = self._table.scope(self._person.role, name, "change") == "all"
        if not may_change and self._whole.whose(type(entity), entity.id) is not None:  # it would write over what is there
            raise not_for_this_role(self._table, name, "add")
        if not self.reaches(scope, entity, own):
            raise Refusal("no_longer_there")

    def _check_old(self, edit: Amend | Remove | Restore, name: str, verb: Verb, scope: Scope) -> None:
        there = self._whole.whose(edit.kind, edit.id)
        thing = self._whole.get_hidden(edit.kind, edit.id) if there else None
        if there is None or (edit.kind is not StaffMember and not self.reaches(scope, thing)):
            raise Refusal("no_longer_there")
        if edit.kind is StaffMember and scope == "mine":
            self._check_oneself(edit)
            return
        if scope == "mine" and there.author != self._person.id:
            raise not_for_this_role(self._table, name, verb)
        look = self._seen.get_hidden if name in OUTLASTS_REMOVAL else self._seen.get
        if verb == "change" and look(edit.kind, edit.id) is None:
            raise Refusal("no_longer_there")

    def _check_oneself(self, edit: Amend | Remove | Restore) -> None:
        if edit.id != self._person.id or not isinstance(edit, Amend) or not set(edit.values) <= CHANGED_OF_ONESELF:
            raise not_for_this_role(self._table, kind_name(StaffMember), "change")

    def _goes_with_own_note(self, entity: Any, own: frozenset[str]) -> bool:
        note = getattr(entity, "observation", None)
        there = self._whole.whose(Observation, note) if note and note not in own else None
        return entity.author == self._person.id and (note in own or (there is not None and there.author == self._person.id))

    def reaches(self, scope: Scope, thing: Any, own: frozenset[str] = frozenset()) -> bool:
        """Whether a thing is of a pupil, or a question to this person, that the scope goes as far as."""
        if scope == "asked":
            return is_asked(self._whole, self._person.id, thing)
        return scope == "all" or self.is_own(pupil_of(thing), own)

    def is_own(self, pupil: str | None, own: frozenset[str] = frozenset()) -> bool:
        if pupil is None or pupil in own:
            return pupil is not None
        found = self._whole.get(Pupil, pupil)
        return found is not None and found.reg_group in self._person.classes
