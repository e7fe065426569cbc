"""Controls that need something of the table of permissions: marked with it, and out of sight for who may not.

Services enforce the table; this reflects it. ``tests/ui/test_what_roles_are_offered.py`` looks at what is left in sight.
"""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sencoapp.domain.permissions import Verb
from sencoapp.domain.record import Actor
from sencoapp.services.permissions import may, may_save, why_not, why_not_save


def only_for(actor: Actor, what: type | str, *controls: QWidget | QAction, verb: Verb = "add") -> bool:
    """Whether this person may do a deed, or ``verb`` with things of a kind.

    Who may not finds no such button, and in the palette a command that says who can do it.
    """
    allowed = may(actor, what) if isinstance(what, str) else may_save(actor, what, verb)
    for each in () if allowed else controls:
        if isinstance(each, QAction):
            each.setEnabled(False)
            each.setStatusTip(why_not(what) if isinstance(what, str) else why_not_save(what, verb))
        else:
            each.hide()
    return allowed
