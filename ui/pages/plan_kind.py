"""Which kind of plan this one is, and its layer where the kind has some; it keeps itself."""

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.people import School
from sencoapp.domain.plan import Cycle
from sencoapp.domain.plan_template import USUAL, PlanTemplate
from sencoapp.services.plan_paper import choose_template
from ui.pages.plan_context import PlanContext
from ui.widgets import Choice, Field, col


def wording(key: str, **details: object) -> str:
    """Words of the kinds of plan."""
    return reference.say(f"plan_paper.{key}", **details)


def kind_options() -> list[tuple[str, str]]:
    """Every kind of plan with its name."""
    return [(each.id, each.name) for each in reference.plan_templates().values()]


class PlanKind(QWidget):
    """Two choices, for the cycle in sight."""

    def __init__(self, context: PlanContext) -> None:
        super().__init__()
        self._context = context
        self.kind = Choice(wording("kind"), [("", "")])
        self.layer = Choice(wording("layer"), [("", wording("no_layer"))])
        self._layer_field = Field(wording("layer"), self.layer)
        self.setLayout(col(Field(wording("kind"), self.kind), self._layer_field, gap=8))
        self.kind.chosen.connect(lambda _: self._keep(layer=None))
        self.layer.chosen.connect(lambda layer: self._keep(layer=layer or None))

    def show_case(self) -> None:
        case = self._context.case
        schools = reference.plan_templates().get(case.school_kind or "", reference.plan_templates()[USUAL])
        self.kind.offer([("", wording("kind_of_school", name=schools.name)), *kind_options()], case.cycle.template or "")
        template = self._template(case.cycle, schools)
        self.layer.offer([("", wording("no_layer")), *template.layers], case.cycle.layer or "")
        self._layer_field.setVisible(bool(template.layers))

    def _template(self, cycle: Cycle, schools: PlanTemplate) -> PlanTemplate:
        return reference.plan_templates().get(cycle.template or "", schools)

    def _keep(self, layer: str | None) -> None:
        cycle, kind = self._context.case.cycle.id, self.kind.value() or None
        self._context.deeds.do(self, lambda session, _: choose_template(session, cycle, kind, layer))


class SchoolKind(Choice):
    """What the plans of the school are called, among its details in Settings."""

    def __init__(self) -> None:
        super().__init__(wording("school_kind"), kind_options(), value=USUAL)

    def show_school(self, school: School) -> None:
        self.choose(school.plan_template or USUAL)

    def wanted(self) -> str | None:
        """None for the usual kind: a school that never chose has chosen nothing."""
        return None if self.value() == USUAL else self.value()
