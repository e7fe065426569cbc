"""A page that holds every widget of the kit, with invented pupils: for pictures and for the tests of the kit."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from ui.commands import command
from ui.page import Page
from ui.tasks import Desk
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Chip,
    ChipChoice,
    Choice,
    Clock,
    ClockMark,
    Column,
    CostBar,
    DateField,
    EmptyPlace,
    Field,
    Figure,
    Form,
    GroupRow,
    Knot,
    LineField,
    Notice,
    Pick,
    PupilPicker,
    RecordTable,
    Rule,
    Scroll,
    SearchField,
    Surface,
    TabBar,
    TableRow,
    Text,
    TextArea,
    Thread,
    Voice,
    area_chip,
    area_words,
    col,
    flow,
    heading,
    note,
    panel,
    row,
    side_by_side,
    status_chip,
    status_words,
)

TODAY = date(2026, 11, 24)
PEOPLE = (
    ("Amir Farouk", "Year 6 · 6P", "K", "semh", "Yesterday", "10 December 2026", ""),
    ("Ava Brennan", "Year 4 · 4M", "K", "cl", "Today, 9:20am", "3 December 2026", "Parent view"),
    ("Daniel Okafor", "Year 2 · 2B", "K", "ci", "18 November", "15 January 2027", ""),
    ("Elsie Dunmore", "Year 2 · 2B", "K", "cl", "12 November", "9 December 2026", "Copy to family"),
    ("Freya Lindqvist", "Reception", "N", "ci", "20 November", "", "Decide status"),
    ("Harvey Quill", "Year 6 · 6P", "E", "sp", "17 November", "4 February 2027", ""),
    ("Imogen Hartley", "Year 5 · 5H", "K", "semh", "Yesterday", "8 December 2026", ""),
    ("Jaydon Clarke", "Year 6 · 6P", "E", "ci", "Today, 8:55am", "27 January 2027", "Meeting 3 of 3"),
    ("Khadija Rahman", "Year 3 · 3W", "K", "ci", "19 November", "11 December 2026", ""),
    ("Kian Osei", "Year 4 · 4M", "K", "ci", "Today, 10:30am", "14 December 2026", ""),
    ("Lottie Swain", "Year 1 · 1K", "K", "cl", "4 November", "16 December 2026", "Baseline"),
    ("Maisie Pell", "Year 3 · 3W", "K", "semh", "16 November", "7 December 2026", ""),
    ("Noah Birkett", "Year 2 · 2B", "K", "sp", "13 November", "12 January 2027", ""),
    ("Oliver Tansley", "Year 5 · 5H", "K", "cl", "12 November", "17 December 2026", ""),
)
REGISTER_COLUMNS = (
    Column("Name", 0, order="name"),
    Column("Year and form", 116, keep=False, order="year"),
    Column("Status", 124, order="status"),
    Column("Need", 84, keep=False),
    Column("Last observation", 120, keep=False),
    Column("Next review", 146, order="next_review"),
    Column("Missing", 136, keep=False),
)


def pupils_matching(words: str) -> Sequence[Pick]:
    return [Pick(each[0].lower().replace(" ", "-"), each[0], each[1]) for each in PEOPLE if words.lower() in each[0].lower()]


def register_rows() -> list[TableRow]:
    rows = []
    for name, form, letter, need, seen, review, missing in PEOPLE:
        cells = (
            Cell(name, bold=True),
            Cell(form),
            Cell(chip=(letter, status_words(letter))),
            Cell(chip=(need, area_words(need, short=True))),
            Cell(seen),
            Cell(review or "None yet", tone="text" if review else "muted"),
            Cell(missing, icon="circle-dashed", tone="warning") if missing else Cell("Nothing", tone="muted"),
        )
        rows.append(TableRow(name.lower().replace(" ", "-"), cells))
    return rows


class RegisterPage(Page):
    """The register, as in look/02-pupils.png."""

    def __init__(self) -> None:
        super().__init__()
        self.set_heading("Pupils", "SEN register")
        self._search = SearchField("Find in this list", width=186)
        filters = ChipChoice("Show", [("K", "SEN support"), ("E", "EHC plan"), ("N", "Watching"), ("due", "Review overdue")], several=True)
        filters.choose("K", "E")
        self.table = RecordTable("Pupils", REGISTER_COLUMNS, lead=24)
        self.table.show_rows(register_rows())
        self.table.choose("ava-brennan")
        self._filters, self._save_view, self._folded = (
            filters,
            Button("Save view", "quiet"),
            Button("Filters · 2", icon="sliders-horizontal"),
        )
        bar = row(self._search, (filters, 1), 0.0, self._save_view, self._folded, margins=(24, 12, 24, 12))
        self.details = self._details()
        foot = Surface("foot", row(note("14 of 214 pupils"), STRETCH, note("SEN support 11 · EHC plan 2"), margins=(24, 8, 24, 8)))
        self.setLayout(row((col(bar, (self.table, 1), foot, gap=0), 1), self.details, gap=0))

    def _details(self) -> Surface:
        content = col(
            row(heading("Ava Brennan"), STRETCH, Button("", "quiet", icon="x", name="Close details")),
            flow(status_chip("K"), area_chip("cl", short=True)),
            note("Year 4 · 4M · born 19 May 2018"),
            Rule(),
            note("What works"),
            Text("Coloured overlay, word mat, first go with a partner. Proud of her drawing.", wrap=True),
            note("Next"),
            Text("Review on <b>Thursday 3 December 2026</b>. Her mother's view is still to record.", wrap=True, rich=True),
            Rule(),
            Button("Open Ava's page", "primary"),
            Button("Note about Ava", icon="notebook-pen"),
            Button("Prepare the review", icon="repeat"),
            STRETCH,
            gap=10,
            margins=16,
        )
        return Surface("side", content, width=284)

    def be_narrow(self, narrow: bool) -> None:
        for each in (self._filters, self._save_view, self.details):
            each.setVisible(not narrow)
        self._folded.setVisible(narrow)

    def search(self) -> QWidget:
        return self._search

    def first_focus(self) -> QWidget:
        return self.table

    def panes(self) -> Sequence[QWidget]:
        return (self._search, self.table, self.details)


class TodayPage(Page):
    """What is due, as in look/01-today.png."""

    def __init__(self) -> None:
        super().__init__()
        self.set_heading("Today", "Tuesday 24 November 2026 · week 4 of 7")
        columns = (Column("Pupil", 160), Column("What", 0), Column("When", 200, keep=False), Column("Do", 160))
        self.table = RecordTable("What is due", columns, two_lines=True, headings=False)
        self.table.show_rows(_tasks())
        self.table.choose("theo")
        clock = panel(
            heading("Requests and clocks"),
            row(Text("Amir Farouk", weight=600), STRETCH, note("Week 4 of 20")),
            Clock("Amir Farouk, week 4 of 20", day=28, last=140, marks=[ClockMark(42, "8 December"), ClockMark(140, "16 March")]),
            Text("The council decides whether to assess by <b>Tuesday 8 December 2026</b>.", wrap=True, rich=True),
            note("42 days after receipt on 27 October. SEND Regulations 2014, reg 5(1)", wrap=True),
        )
        figures = panel(
            row(heading("This half term"), STRETCH, note("since 2 November")),
            row((Figure("148", "observations"), 1), (Figure("11 of 27", "reviews done"), 1)),
            row((Figure("19 of 34", "families met"), 1), (Figure("3", "drafts of mine"), 1)),
        )
        tabs = TabBar("Today", [("today", "Today"), ("inbox", "Inbox · 5"), ("weeks", "Next 6 weeks"), ("calendar", "Calendar")])
        side = Scroll(col(clock, figures, STRETCH, gap=12, margins=(0, 0, 4, 0)), "Clocks and figures", width=300)
        self._side = side
        body = row((panel(self.table, margins=1), 1), side, gap=16, margins=(24, 16, 20, 16))
        self.setLayout(col(tabs, (body, 1), gap=0))

    def be_narrow(self, narrow: bool) -> None:
        self._side.setVisible(not narrow)

    def panes(self) -> Sequence[QWidget]:
        return (self.table,)


def _tasks() -> list[GroupRow | TableRow]:
    def task(key: str, who: str, form: str, what: str, detail: str, when: str, late: str, act: str, first: bool = False) -> TableRow:
        tone = "danger" if "late" in late else "muted"
        cells = (Cell(who, form, bold=True), Cell(what, detail), Cell(when, late, sub_tone=tone), Cell(button=act, primary=first))
        return TableRow(key, cells)

    return [
        GroupRow("Overdue · 2"),
        task(
            "theo",
            "Theo Whitlock",
            "Year 5 · 5H",
            "Review of plan, cycle 2",
            "3 outcomes, parent view still to record",
            "Friday 20 November",
            "2 school days late",
            "Write review",
            True,
        ),
        task(
            "elsie",
            "Elsie Dunmore",
            "Year 2 · 2B",
            "Copy of plan to parents",
            "Agreed at the meeting on 12 November",
            "Monday 23 November",
            "1 school day late",
            "Record as given",
        ),
        GroupRow("Due today · 2"),
        task(
            "kian",
            "Kian Osei",
            "Year 4 · 4M",
            "Phone Mrs Osei about the signature",
            "Action of 19 November",
            "Today, by 4pm",
            "",
            "Record call",
        ),
        task(
            "kha", "Khadija Rahman", "Year 3 · 3W", "Speech and language report to read", "Arrived this morning", "Today", "", "Read report"
        ),
    ]


class FormPage(Page):
    """Fields, notices, the thread, the voices: everything that the two others leave out."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.set_heading("Ava Brennan", "Year 4 · 4M · Mr Mistry · born 19 May 2018", status_chip("K"), area_chip("cl"))
        self.form = Form()
        self.picker = PupilPicker(desk, pupils_matching, "Pupil")
        self.picker.choose(Pick("kian-osei", "Kian Osei", "Year 4 · 4M"))
        self.day = DateField(today=TODAY, value=TODAY)
        self.area = TextArea("What happened", lines=3)
        self.area.set_words("Stayed for the whole of assembly today. Used his ear defenders without a prompt.")
        self.kind = ChipChoice("Kind", [("s", "Strength"), ("c", "Concern"), ("g", "Support given"), ("p", "Pupil view")])
        self.kind.choose("s")
        self.form.add("pupil", Field("Pupil", self.picker))
        self.form.add("text", Field("What happened", self.area, hint="Only what was seen or said"))
        when = self.form.add("happened_on", Field("When", self.day), place=False)
        need = self.form.add("area", Field("Area of need", Choice("Area of need", [("cl", area_words("cl"))]), optional=True), place=False)
        self.form.add_widget(side_by_side(when, need))
        self.form.add("kind", Field("Kind", self.kind))
        self.form.add("who", Field("Who was there", LineField("Who was there"), optional=True))
        self.save = Button("Save", "primary", tip="Ctrl+Return")
        self.form.add_widget(flow(self.save, Button("Save and next"), Button("Cancel", "quiet"), Button("Remove", "danger")))
        self.first_command = command(self, "Save this note", lambda: None, "Ctrl+Return", icon="check", also="keep")
        sides = Scroll(self._sides(), "Beside the form")
        self._beside_form = sides
        left = Scroll(col(self.form, STRETCH, margins=(24, 16, 16, 16)), "Form")
        tabs = TabBar(
            "Ava Brennan", [(each, each) for each in ("Overview", "Timeline", "Plan", "Provision", "Voice", "Contacts", "Requests")]
        )
        tabs.choose("Plan")
        knots = [
            Knot("Need", "decoding, SPLD"),
            Knot("Outcome", "70 words a minute"),
            Knot("Provision", "precision teaching"),
            Knot("Evidence", "11 scores, 4 notes"),
            Knot("Impact", "judged at the review", tied=False),
        ]
        thread = col(panel(Thread(knots), margins=12), margins=(24, 12, 24, 0))
        self.setLayout(col(tabs, thread, (row((left, 1), (sides, 1), gap=8), 1), gap=0))

    def _sides(self) -> QWidget:
        law = col(Text("Kian may have SEN and may need a plan", weight=600, wrap=True), Text("The test in section 36(8).", "ui", "muted"))
        council = col(
            Text("Signed agreement to share", weight=600),
            Text("The council asks for a signature by hand.", "ui", "muted", wrap=True),
            row(Button("Print the page", "link"), Button("Does not apply", "link"), STRETCH, gap=16),
            gap=4,
        )
        practice = col(Text("What Kian does well", weight=600), Text("One strength in section 4.", "ui", "muted"), gap=4)
        return panel(
            Notice("info", "“Twice a week” says how often. Add how long each time.", Button("Add it", "quiet")),
            Notice("success", "Saved on this computer."),
            Notice("warning", "The paediatrician's letter is from August 2025."),
            Notice("thread", "This outcome has no provision yet.", dismissable=True),
            Voice("law", law, count="asks nothing more"),
            Rule(),
            Voice("council", council, count="1 to add"),
            Rule(),
            Voice("practice", practice, count="1 to consider"),
            row(Chip("success", "Ready to send"), Chip("info", "Draft"), Chip("plain", "Cycle 3"), STRETCH),
            Text("£4,411.80 a year, £1,588.20 below the £6,000 guide", wrap=True),
            CostBar("Cost of provision and the notional amount", 441180, 600000),
            STRETCH,
            gap=10,
            margins=16,
        )

    def be_narrow(self, narrow: bool) -> None:
        self._beside_form.setVisible(not narrow)


class EmptyPage(Page):
    def __init__(self) -> None:
        super().__init__()
        self.set_heading("Requests")
        self.setLayout(col((EmptyPlace("No requests yet. A request starts from a pupil.", "Choose a pupil", icon="file-stack"), 1)))
