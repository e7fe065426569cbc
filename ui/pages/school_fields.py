"""The fields about a school: when a record begins, and in the settings."""

from typing import Any

from sencoapp import reference
from sencoapp.domain.people import School
from ui.widgets import Choice, Field, Form, LineField, side_by_side

PHASES = ("nursery", "primary", "middle", "secondary", "all_through", "post_16")
_ANY_COUNCIL = "generic"


class SchoolFields:
    """Adds its fields to a form, under the names that ``services.beginning.check_school`` uses."""

    def __init__(self, form: Form) -> None:
        self.name = LineField()
        self.phase = Choice(reference.say("welcome.phase"), [(each, reference.say(f"welcome.phase_{each}")) for each in PHASES])
        self.phase.choose("primary")
        self.council = Choice(reference.say("welcome.council"), council_choices())
        self.urn = LineField()
        self.dfe_number = LineField()
        self.dfe_number.textEdited.connect(self._council_of_number)
        self.head_teacher = LineField()
        form.add("school", Field(reference.say("welcome.school_name"), self.name))
        phase = form.add("phase", Field(reference.say("welcome.phase"), self.phase), place=False)
        council = form.add("council", Field(reference.say("welcome.council"), self.council), place=False)
        form.add_widget(side_by_side(phase, council))
        urn = form.add(
            "urn", Field(reference.say("welcome.urn"), self.urn, hint=reference.say("welcome.urn_hint"), optional=True), place=False
        )
        number = form.add(
            "dfe_number",
            Field(reference.say("welcome.dfe_number"), self.dfe_number, hint=reference.say("welcome.dfe_number_hint"), optional=True),
            place=False,
        )
        form.add_widget(side_by_side(urn, number))
        form.add("head_teacher", Field(reference.say("welcome.head_teacher"), self.head_teacher, optional=True))

    def show(self, school: School) -> None:
        """Shows what is kept."""
        self.name.setText(school.name)
        self.phase.choose(school.phase)
        self.council.choose(school.council)
        self.urn.setText(school.urn or "")
        number = school.dfe_number or ""
        self.dfe_number.setText(f"{number[:3]}/{number[3:]}" if len(number) == 7 else number)
        self.head_teacher.setText(school.head_teacher or "")

    def values(self) -> dict[str, Any]:
        """What is typed, by the fields of ``School``; the services check it."""
        return {
            "name": self.name.text().strip(),
            "phase": self.phase.value(),
            "council": self.council.value(),
            "urn": self.urn.text().strip() or None,
            "dfe_number": self.dfe_number.text().strip() or None,
            "head_teacher": self.head_teacher.text().strip() or None,
        }

    def _council_of_number(self, typed: str) -> None:
        """A DfE number begins with the number of the council: where nobody has chosen one yet, it is chosen."""
        digits = "".join(each for each in typed if each.isdigit())[:3]
        found = next((each for each in reference.councils() if reference.council(each)["la_code"] == digits), None)
        if found and not self.council.value():
            self.council.choose(found)


def council_choices() -> list[tuple[str, str]]:
    """None chosen, then the councils that have a folder, by their real names; the one for all others comes last."""
    named = [(each, str(reference.council(each)["name"])) for each in reference.councils() if each != _ANY_COUNCIL]
    return [
        ("", reference.say("welcome.choose_council")),
        *sorted(named, key=lambda each: each[1]),
        (_ANY_COUNCIL, reference.say("welcome.another_council")),
    ]
