"""Who may see and do what: the table of ``resources/rules/permissions.json``, typed, and what follows from it.

Least privilege: what the table does not name is not allowed (Data protection in schools, DfE; UK GDPR art. 5(1)(c), 5(1)(f)).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, TypeVar, get_args

from sencoapp.domain.people import Pupil, Role, StaffMember
from sencoapp.domain.record import KINDS, Amend, Edit, New

E = TypeVar("E")

Verb = Literal["see", "add", "change", "remove"]
"""``remove`` hides a thing, and shows it again."""

Scope = Literal["all", "own", "shared", "asked", "mine", "none"]
"""All pupils; pupils of one's own classes; of those, only what was shared; of those, only what one wrote oneself; nothing.
``asked``: of whichever pupil, what one is asked for by name.

What is added as one's own goes with a note that one wrote.
"""

SCOPES: tuple[Scope, ...] = ("none", "asked", "mine", "shared", "own", "all")
"""From the narrowest to the widest."""

ROLES: tuple[Role, ...] = get_args(Role)
VERBS: tuple[Verb, ...] = get_args(Verb)

CONFIDENTIAL = frozenset({"observation", "document", "view"})
"""Kinds that can be confidential: they have the fields ``confidential`` and ``readers``."""


CHANGED_OF_ONESELF = frozenset({"classes"})
"""What somebody who changes no other member of staff changes of themselves: ``mine`` at ``staff_member`` means no more."""


@dataclass(frozen=True)
class Permissions:
    """The table. What is not in it is not allowed."""

    scopes: Mapping[tuple[Role, str, Verb], Scope]
    fields_seen: Mapping[tuple[Role, str], frozenset[str]]
    """The fields of a kind that a role sees, where it does not see all of them."""
    deeds: Mapping[str, tuple[Role, ...]]
    all_confidential: frozenset[Role]

    def scope(self, role: Role, kind: str, verb: Verb) -> Scope:
        return self.scopes.get((role, kind, verb), "none")

    def is_role(self, name: str) -> bool:
        return name in ROLES

    def may(self, role: Role, deed: str) -> bool:
        """Raises ``KeyError`` for a deed that the table does not know: a misspelt one must not pass unseen."""
        return role in self.deeds[deed]

    def who(self, kind: str, verb: Verb) -> tuple[Role, ...]:
        """The roles that may do this with things of every pupil, for a sentence that says whom to ask."""
        return tuple(role for role in ROLES if self.scope(role, kind, verb) == "all")

    def is_without_limits(self, role: Role) -> bool:
        """Whether a role may see and save everything, so that nothing needs to be asked."""
        return role in self.all_confidential and all(self.scope(role, kind, verb) == "all" for kind in KINDS for verb in VERBS)

    def sees_everything(self, role: Role) -> bool:
        return role in self.all_confidential and all(self.scope(role, kind, "see") == "all" for kind in KINDS)


@dataclass(frozen=True)
class Sight:
    """How far one person sees. What lies outside is neither listed, found nor counted."""

    reader: str
    """The id of the member of staff: confidential things name their readers by it."""
    classes: tuple[str, ...]
    scopes: Mapping[str, Scope]
    all_confidential: bool

    def sees(self, kind: str) -> bool:
        return self.scopes.get(kind, "none") != "none"


def sight_of(table: Permissions, person: StaffMember) -> Sight | None:
    """What a person sees, or None for one who sees everything."""
    if table.sees_everything(person.role):
        return None
    scopes = {kind: table.scope(person.role, kind, "see") for kind in KINDS}
    return Sight(person.id, person.classes, scopes, person.role in table.all_confidential)


def permissions_from(plain: Mapping[str, Any]) -> Permissions:
    """The table from its data file, which its schema has checked."""
    scopes: dict[tuple[Role, str, Verb], Scope] = {}
    for kind, verbs in plain["kinds"].items():
        for verb, by_scope in verbs.items():
            for scope, roles in by_scope.items():
                for role in roles:
                    if (role, kind, verb) in scopes:
                        raise ValueError(f"{role} stands twice at {kind} {verb}")
                    scopes[role, kind, verb] = scope
    seen = {(role, kind): frozenset(names) for kind, by_role in plain["fields"].items() for role, names in by_role.items()}
    deeds = {deed: tuple(roles) for deed, roles in plain["deeds"].items()}
    return Permissions(scopes, seen, deeds, frozenset(plain["confidential"]))


def without_hidden(entity: E, seen: frozenset[str]) -> E:
    """The thing with only the fields that are seen; the others are empty, as if nobody had filled them in."""
    thing: Any = entity
    hidden = (each.name for each in fields(thing) if each.name != "id" and each.name not in seen)
    changed: E = replace(thing, **{name: _empty(getattr(thing, name)) for name in hidden})
    return changed


def edit_of_seen(edit: Edit, seen: frozenset[str]) -> Edit:
    """The edit with only the fields that are seen."""
    if isinstance(edit, New):
        return New(without_hidden(edit.entity, seen))
    if isinstance(edit, Amend):
        return Amend(edit.kind, edit.id, {name: value for name, value in edit.values.items() if name in seen})
    return edit


def _empty(value: Any) -> Any:
    if isinstance(value, tuple):
        return ()
    return 0 if isinstance(value, int) and not isinstance(value, bool) else None


def pupil_of(entity: Any) -> str | None:
    """The pupil whose papers a thing is in; None for what belongs to the school."""
    return str(entity.id) if isinstance(entity, Pupil) else getattr(entity, "pupil", None)


def belongs_to_pupils(kind: str) -> bool:
    """Whether things of this kind are about a pupil, so that "own classes" has a meaning for them."""
    return kind in ("pupil", "provision") or any(each.name == "pupil" for each in fields(KINDS[kind]))
