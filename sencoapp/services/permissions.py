"""What the person at the laptop may see and do, asked by services and reflected by screens."""

from sencoapp import reference
from sencoapp.domain.people import Role
from sencoapp.domain.permissions import Permissions, Verb
from sencoapp.domain.record import Actor, kind_name
from sencoapp.domain.refusals import Refusal
from sencoapp.services.ports import Session


def may(actor: Actor, deed: str) -> bool:
    """Whether this person may do something that is no save, such as ``export``."""
    return reference.permissions().may(actor.role, deed)


def sees(actor: Actor, *kinds: type) -> bool:
    """Whether this person sees things of all these kinds, of their own pupils at least."""
    table = reference.permissions()
    return all(table.scope(actor.role, kind_name(each), "see") != "none" for each in kinds)


def may_save(actor: Actor, kind: type, verb: Verb = "add") -> bool:
    """Whether this person may do this with things of a kind, of their own pupils at least.

    What is added only with a note of one's own is not added by itself.
    """
    scope = reference.permissions().scope(actor.role, kind_name(kind), verb)
    return scope not in (("none", "mine") if verb == "add" else ("none",))


def may_save_this(actor: Actor, kind: type, verb: Verb, author: str | None) -> bool:
    """The same for a thing that ``author`` wrote: of some kinds people change and remove only what they wrote themselves."""
    scope = reference.permissions().scope(actor.role, kind_name(kind), verb)
    return scope in ("all", "own") or (scope in ("mine", "asked") and author == actor.id)


def may_choose_readers(actor: Actor, kind: type, author: str | None) -> bool:
    """Whether this person may say who reads a thing that can be confidential."""
    return may(actor, "mark_confidential") and may_save_this(actor, kind, "change", author)


def sees_all(actor: Actor, kind: type) -> bool:
    """Whether this person sees things of a kind of every pupil."""
    return reference.permissions().scope(actor.role, kind_name(kind), "see") == "all"


def may_undo(actor: Actor, by: str) -> bool:
    """Whether this person may take back a save of the person ``by``: another's may hold what they do not see."""
    return by == actor.id or reference.permissions().is_without_limits(actor.role)


def why_not_save(kind: type, verb: Verb = "add") -> str:
    """The sentence for what this role may not save."""
    return reference.explain(not_for_this_role(reference.permissions(), kind_name(kind), verb))


def sees_field(actor: Actor, kind: type, field: str) -> bool:
    """Whether this person sees a field of the things of a kind that they see."""
    seen = reference.permissions().fields_seen.get((actor.role, kind_name(kind)))
    return seen is None or field in seen


def must_be_allowed(session: Session, deed: str) -> None:
    """Raises ``Refusal("not_for_your_role")`` with the roles that may, for a deed that is no save."""
    table = reference.permissions()
    if not table.may(session.actor.role, deed):
        raise not_for_this_role(table, deed)


def why_not(deed: str) -> str:
    """The sentence for a deed that this role may not do."""
    return reference.explain(not_for_this_role(reference.permissions(), deed))


def why_unseen(kind: type) -> str:
    """The sentence in the place of things that this role does not see."""
    return reference.explain(not_for_this_role(reference.permissions(), kind_name(kind), "see"))


def not_for_this_role(table: Permissions, what: str, verb: Verb | None = None) -> Refusal:
    """Says what is not allowed and who can do it. ``what`` is a deed, or with a verb a kind of thing."""
    roles = table.who(what, verb) if verb else table.deeds[what]
    deed = (
        reference.say(f"permissions.verb_{verb}", things=reference.say(f"permissions.kind_{what}"))
        if verb
        else reference.say(f"permissions.deed_{what}")
    )
    return Refusal("not_for_your_role", deed=deed, who=roles_in_words(roles))


def roles_in_words(roles: tuple[Role, ...]) -> str:
    """ "the SENCO, the deputy SENCO or the head teacher"."""
    words = [reference.say(f"permissions.the_{each}") for each in roles]
    if len(words) < 2:
        return "".join(words)
    return reference.say("permissions.either", first=", ".join(words[:-1]), last=words[-1])
