"""The pupil's and the parents' views: in their words, or why they could not be asked."""

from typing import Any

from PySide6.QtCore import Qt

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.plan import View, Whose
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import plans
from ui.pages.form_draft import FormDraft
from ui.pages.kept_view import KeptView
from ui.pages.plan_case import PlanCase, view_form
from ui.pages.plan_context import PlanContext
from ui.pages.plan_words import wording
from ui.widgets import (
    STRETCH,
    Button,
    ChipChoice,
    Field,
    Form,
    Icon,
    LineField,
    Surface,
    Text,
    TextArea,
    col,
    heading,
    holder,
    note,
    row,
    side_by_side,
)

SAID, ABSENT = "text", "absent_because"


def said_words(view: View) -> str:
    """What was said, or why it is not there, or that it is confidential."""
    if view.text or view.absent_because or not view.confidential:
        return view.text or wording("view_absent_because", why=view.absent_because or "")
    return reference.say("confidential.words")


class ViewPanel(Surface):
    """One view: what is recorded, with a way to write it anew; or the form for it."""

    def __init__(self, context: PlanContext, whose: Whose) -> None:
        self._context, self._whose = context, whose
        self._cycle = ""
        self._view: View | None = None
        self._told: View | None = None
        """The view as the page has it: without its words where it is confidential."""
        self._draft: FormDraft | None = None
        self._words = Text("", "body", wrap=True)
        self._source = note("", wrap=True)
        self.kept = KeptView(context.room, self._read)
        self.again = Button(wording("view_again"), "quiet", icon="pencil", name=wording(f"view_again_{whose}"), press=self._write_again)
        head = row(heading(wording(f"view_of_{whose}")), STRETCH, self.again, gap=8)
        self._recorded = holder(
            col(row(col(Icon("circle-check", "success"), STRETCH), (self._words, 1), gap=8), self._source, self.kept, gap=4)
        )
        self._make_form(whose)
        super().__init__("panel", col(head, self._recorded, self.form, gap=10, margins=16))

    def _make_form(self, whose: Whose) -> None:
        self.form = Form(gap=12, wide=True)
        self.given = ChipChoice(
            wording(f"view_kind_{whose}"), [(SAID, wording("view_said")), (ABSENT, wording("view_absent"))], none_allowed=False
        )
        self.text = TextArea(wording(f"view_words_{whose}"), lines=2)
        self.lines = {each: LineField() for each in ("said_by", "method", "helped_by")}
        self._text_field = Field(wording(f"view_words_{whose}"), self.text)
        fields = {each: Field(wording(f"view_{each}"), line, optional=True) for each, line in self.lines.items()}
        if whose == "parents":
            fields["helped_by"].hide()
        self._more = side_by_side(*fields.values())
        self.save = Button(wording("view_save"), "secondary", icon="check", name=wording(f"view_save_{whose}"), press=self._save)
        self.form.add_widget(self.given)
        self.form.add("text", self._text_field)
        self.form.add_widget(self._more)
        self.form.add_widget(holder(row(self.save, STRETCH)))
        self.given.chosen.connect(self._kind_chosen)
        for signal in (self.text.textChanged, self.given.chosen, *(each.textEdited for each in self.lines.values())):
            signal.connect(lambda *_: self._draft.touch() if self._draft else None)

    def show_case(self) -> None:
        case = self._context.case
        assert case.page is not None
        found = [each for each in case.page.views if each.whose == self._whose]
        view = found[-1] if found else None
        if case.cycle.id == self._cycle and view == self._told:
            return
        self._told = view
        self._begin(case, view)

    def go_to(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, case: PlanCase, view: View | None) -> None:
        self._cycle, self._view = case.cycle.id, view
        if self._draft is not None:
            self._draft.keep()
            self._draft.deleteLater()
            self._draft = None
        self._fill({})
        self.form.clear_problems()
        form = view_form(case.cycle.id, self._whose)
        draft = case.drafts.get(form)
        if draft:
            self._fill(dict(draft))
        self._draft = FormDraft(self._context.room, self, form, self._content)
        self._draft.began_with(self._content())
        self._show_recorded(view, writing=view is None or bool(draft))

    def _show_recorded(self, view: View | None, *, writing: bool) -> None:
        if view is not None:
            self._words.setText(said_words(view))
            source = (
                view.said_by,
                view.method,
                wording("view_helped", who=view.helped_by) if view.helped_by else None,
                full_date(view.given_on),
            )
            self._source.setText(" · ".join(filter(None, source)))
        self.kept.show_for(view)
        self._recorded.setVisible(view is not None)
        self.again.setVisible(view is not None and not writing)
        self.form.setVisible(writing)

    def _read(self, view: View) -> None:
        """Somebody asked for the words of a confidential view."""
        self._view = view
        self._show_recorded(view, writing=not self.form.isHidden())

    def _write_again(self) -> None:
        view = self._view
        if view is not None:
            said = {each: getattr(view, each) or "" for each in self.lines}
            self._fill({"kind": ABSENT if view.absent_because else SAID, "text": view.text or view.absent_because or "", **said})
        self._show_recorded(view, writing=True)
        self.go_to()

    def _fill(self, content: dict[str, object]) -> None:
        self.given.choose(str(content.get("kind", SAID)))
        self.text.set_words(str(content.get("text", "")))
        for name, line in self.lines.items():
            line.setText(str(content.get(name, "")))
        self._kind_chosen()

    def _content(self) -> dict[str, str]:
        lines = {name: line.text() for name, line in self.lines.items()}
        return {"kind": self.given.value(), "text": self.text.words(), **lines}

    def _kind_chosen(self) -> None:
        absent = self.given.value() == ABSENT
        words = wording("view_why_not") if absent else wording(f"view_words_{self._whose}")
        self._text_field.label.setText(words)
        self.text.setAccessibleName(words)
        self._more.setVisible(not absent)

    def _save(self) -> None:
        content, cycle, pupil, whose = self._content(), self._cycle, self._context.case.pupil.id, self._whose
        absent = content["kind"] == ABSENT
        said: dict[str, Any] = {} if absent else {each: content[each] for each in self.lines}
        said[content["kind"]] = content["text"]
        self.save.setEnabled(False)
        self._context.deeds.do(
            self,
            lambda session, _: plans.record_view(session, pupil, whose, cycle=cycle, **said),
            self._saved,
            self._refused,
        )

    def _saved(self, saved: Saved) -> None:
        self.save.setEnabled(True)
        if self._draft is not None:
            self._draft.drop()
            self._draft.deleteLater()
            self._draft = None
        self._context.room.ways.toast(wording(f"view_saved_{self._whose}"), saved)

    def _refused(self, message: PlainMessage) -> None:
        self.save.setEnabled(True)
        self.form.refuse(message)
