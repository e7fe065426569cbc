"""Fields, forms, the picker, the sheet and the toast, used as a person uses them."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sencoapp.domain.refusals import Refusal
from ui.dates import nearby, nearby_within
from ui.tasks import Desk
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    ChipChoice,
    Column,
    DateField,
    Elided,
    EmptyPlace,
    Faces,
    Field,
    Form,
    LineField,
    Notice,
    Pick,
    PupilPicker,
    RecordTable,
    SavedState,
    SearchField,
    Sheet,
    Surface,
    TabBar,
    Text,
    TextArea,
    Toast,
    col,
    flow,
    holder,
    money,
    panel,
    side_by_side,
)

from .sample_page import TODAY, pupils_matching


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    window = holder(col(*widgets))
    # pytest-qt holds no reference of its own to what it closes in the end.
    qtbot.addWidget(window, before_close_func=lambda _, held=window: None)
    window.resize(700, 500)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


@pytest.mark.parametrize(
    ("typed", "day"), [("27 3 26", date(2026, 3, 27)), ("today", TODAY), ("yesterday", date(2026, 11, 23)), ("+2w", date(2026, 12, 8))]
)
def test_a_date_is_typed_as_people_type_it_and_said_back_in_full(qtbot: QtBot, typed: str, day: date) -> None:
    field = DateField("When", today=TODAY)
    shown(qtbot, field)
    qtbot.keyClicks(field.edit, typed)
    assert field.value() == day
    assert field.edit.accessibleDescription().endswith(f"{day.year}")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.edit.text().startswith(f"{day.day} ")


def test_a_date_that_is_none_is_refused_when_the_form_is_saved_and_not_while_it_is_typed(qtbot: QtBot) -> None:
    field = DateField("When", today=TODAY, field="happened_on", latest=TODAY)
    shown(qtbot, field)
    assert field.value() is None
    for typed in ("31 2 2026", "1 12 2026"):
        field.edit.setText(typed)
        with pytest.raises(Refusal) as refused:
            field.value()
        assert refused.value.details["field"] == "happened_on"
    assert field.edit.text() == "1 12 2026"


def test_a_pupil_is_found_by_typing_part_of_a_name_and_enter_adds(qtbot: QtBot, desk: Desk) -> None:
    picker = PupilPicker(desk, pupils_matching, "Pupil")
    shown(qtbot, picker, Button("Next"))
    picker.setFocus()
    qtbot.waitUntil(picker.edit.hasFocus)
    qtbot.keyClicks(picker.edit, "kh")
    qtbot.waitUntil(lambda: picker._popup.isVisible())
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    assert [each.name for each in picker.chosen()] == ["Khadija Rahman"]
    assert picker.edit.text() == ""
    qtbot.keyClicks(picker.edit, "a")
    qtbot.waitUntil(lambda: picker._popup.isVisible())
    qtbot.keyClick(picker.edit, Qt.Key.Key_Down)
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    assert len(picker.chosen()) == 2
    qtbot.keyClick(picker.edit, Qt.Key.Key_Backspace)
    assert len(picker.chosen()) == 1


def test_a_name_that_matches_no_one_says_so_and_adds_no_one(qtbot: QtBot, desk: Desk) -> None:
    picker = PupilPicker(desk, pupils_matching, "Pupil")
    shown(qtbot, picker)
    picker.setFocus()
    qtbot.waitUntil(picker.edit.hasFocus)
    qtbot.keyClicks(picker.edit, "zz")
    qtbot.waitUntil(lambda: picker._popup.isVisible())
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    assert picker.chosen() == ()
    qtbot.keyClick(picker.edit, Qt.Key.Key_Escape)
    assert not picker._popup.isVisible()
    assert picker.edit.text() == "zz"


def test_a_picker_for_one_keeps_the_newest(qtbot: QtBot, desk: Desk) -> None:
    picker = PupilPicker(desk, pupils_matching, "Pupil", several=False)
    shown(qtbot, picker)
    picker.choose(Pick("a", "Ava"), Pick("k", "Kian"))
    assert [each.id for each in picker.chosen()] == ["k"]


def test_a_refusal_stands_at_the_top_takes_the_focus_and_leads_to_its_field(qtbot: QtBot) -> None:
    form, edit, area = Form(), LineField(), TextArea()
    form.add("name", Field("&Name", edit, hint="As in the register"))
    form.add("text", Field("What happened", area))
    shown(qtbot, form)
    edit.setText("typed")
    form.show_problems({"name": "Enter a name", "": "Save it again later"})
    qtbot.waitUntil(form.summary.hasFocus)
    assert "Enter a name" in form.summary.accessibleName()
    assert edit.accessibleDescription() == "Enter a name"
    link = next(each for each in form.summary.findChildren(Button) if each.text() == "Enter a name")
    link.click()
    qtbot.waitUntil(edit.hasFocus)
    assert edit.text() == "typed"
    form.clear_problems()
    assert not form.summary.isVisible()
    assert edit.accessibleDescription() == "As in the register"


def test_a_button_whose_work_is_done_has_the_focus_again_unless_somebody_went_elsewhere(qtbot: QtBot) -> None:
    button, other, third = Button("Back up now"), Button("Write a file"), Button("Check now")
    window = holder(col(button, other, third))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    for goes, ends in ((None, button), (third, third)):
        button.setFocus()
        qtbot.waitUntil(button.hasFocus)
        button.setEnabled(False)
        assert not button.hasFocus()
        if goes is not None:
            goes.setFocus()
        button.setEnabled(True)
        assert ends.hasFocus()


def test_tab_leaves_a_text_area_and_it_grows_with_what_is_written(qtbot: QtBot) -> None:
    area, after = TextArea("What happened", lines=2), LineField("Next")
    shown(qtbot, area, after)
    area.setFocus()
    qtbot.waitUntil(area.hasFocus)
    before = area.height()
    settled: list[str] = []
    area.settled.connect(settled.append)
    qtbot.keyClicks(area, "one")
    for _ in range(5):
        qtbot.keyClick(area, Qt.Key.Key_Return)
    assert area.height() > before
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    qtbot.waitUntil(after.hasFocus)
    assert settled == ["one\n\n\n\n\n"]
    area.set_words("kept")
    assert settled == ["one\n\n\n\n\n"]


def test_words_of_a_person_are_never_read_as_markup(qtbot: QtBot) -> None:
    assert Text("<b>5 < 6</b>").text() == "<b>5 < 6</b>"
    assert Text("<b>5 < 6</b>").textFormat() == Qt.TextFormat.PlainText


def test_one_of_a_few_and_several_of_a_few(qtbot: QtBot) -> None:
    one = ChipChoice("Kind", [("s", "Strength"), ("c", "Concern")])
    several = ChipChoice("Status", [("K", "SEN support"), ("E", "EHC plan")], several=True)
    shown(qtbot, one, several)
    one.chip("s").click()
    one.chip("c").click()
    several.chip("K").click()
    several.chip("E").click()
    assert (one.value(), several.values()) == ("c", ("K", "E"))
    several.offer([("E", "EHC plan"), ("N", "No SEN")])
    assert several.values() == ("E",)


def test_escape_empties_a_search_and_every_key_asks(qtbot: QtBot) -> None:
    field = SearchField("Find")
    shown(qtbot, field)
    asked: list[str] = []
    field.searched.connect(asked.append)
    qtbot.keyClicks(field, "ka ")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert asked == ["k", "ka", "ka", ""]


def test_a_sheet_goes_to_its_first_field_and_escape_gives_the_focus_back(qtbot: QtBot) -> None:
    before, edit = LineField("Before"), LineField("Inside")
    window = shown(qtbot, before)
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    sheet = Sheet("New observation", holder(col(edit)))
    sheet.open_over(window)
    qtbot.waitUntil(edit.hasFocus)
    assert window.rect().contains(sheet.geometry())
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(before.hasFocus)


def test_a_toast_says_it_at_the_bottom_left_and_undoes_once(qtbot: QtBot) -> None:
    window = shown(qtbot, LineField("Any"))
    toast, undone = Toast(window), []
    toast.say("Observation removed", lambda: undone.append(1))
    assert toast.isVisible()
    assert toast.x() < window.width() // 2 < toast.y() * 2
    assert toast.press_undo()
    assert not toast.press_undo()
    assert undone == [1]


def test_a_toast_stands_above_the_foot_of_a_page_and_off_a_sheet(qtbot: QtBot) -> None:
    foot = Surface("foot", col(Text("4 of 52 pupils")), height=44)
    host = holder(col(STRETCH, foot, gap=0))
    qtbot.addWidget(host)
    host.resize(900, 500)
    host.show()
    toast = Toast(host)
    toast.say("Saved")
    assert toast.geometry().bottom() < foot.geometry().top()
    sheet = Sheet("Wide", holder(col(TextArea("What happened", lines=12))), width=2000)
    sheet.open_over(host)
    toast.make_way()
    assert not toast.geometry().intersects(sheet.geometry())
    assert host.rect().contains(toast.geometry())


def test_the_title_of_a_sheet_with_a_long_name_goes_on_in_a_second_line(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 700)
    host.show()
    words = "Write about Maximiliana Wilhelmina-Josephine Featherstonehaugh-Wolstenholme"
    for title, lines in (("Write about Kian", 1), (words, 2)):
        sheet = Sheet(title, holder(col(TextArea("What happened", lines=3))), width=560)
        sheet.open_over(host)
        shown_title = next(each for each in sheet.findChildren(Text) if each.text() == title)
        needed = shown_title.fontMetrics().boundingRect(shown_title.rect(), Qt.TextFlag.TextWordWrap, title)
        assert shown_title.height() >= needed.height()
        assert shown_title.width() >= needed.width()
        assert round(needed.height() / shown_title.fontMetrics().height()) == lines


def test_a_button_for_words_of_any_length_gives_way_and_says_all_of_them_in_its_tip(qtbot: QtBot) -> None:
    words = "Speech and language therapy report after the second visit with advice for the whole class"
    button, whole = Button(words, "link", cut=True), Button(words, "link")
    narrow = holder(col(flow(button)))
    qtbot.addWidget(narrow)
    narrow.resize(240, 60)
    narrow.show()
    assert button.width() <= 240 < whole.minimumSizeHint().width()
    assert button.toolTip() == button.accessibleName() == words


def test_a_place_with_several_faces_is_as_tall_as_the_one_that_is_shown(qtbot: QtBot) -> None:
    faces = Faces()
    faces.addWidget(holder(col(Text("Short"))))
    faces.addWidget(holder(col(*(Text(f"Line {number}") for number in range(30)))))
    qtbot.addWidget(faces)
    short = faces.minimumSizeHint().height()
    faces.setCurrentIndex(1)
    assert faces.minimumSizeHint().height() > 10 * short


def test_the_arrow_keys_move_between_tabs_and_the_chosen_one_is_always_in_sight(qtbot: QtBot) -> None:
    tabs = TabBar("Pupil", [(f"t{n}", f"A long word {n}") for n in range(9)])
    window = shown(qtbot, tabs)
    chosen: list[str] = []
    tabs.chosen.connect(chosen.append)
    for _ in range(8):
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert chosen[-1] == "t8"
    assert tabs._buttons["t8"].isVisible()
    assert tabs._buttons["t8"].geometry().right() <= window.width()
    tabs.choose("t0")
    assert tabs._buttons["t0"].isVisible()
    tabs.choose("t8")
    assert tabs._buttons["t8"].isVisible()


def test_what_is_kept_is_said_in_words(qtbot: QtBot) -> None:
    state = SavedState()
    qtbot.addWidget(state)
    state.saved(datetime(2026, 11, 24, 10, 42, tzinfo=UTC))
    assert state.words().startswith("Saved on this computer ")
    state.not_saved()
    assert state.words() == "Not saved yet"


def test_chips_wrap_where_the_room_ends(qtbot: QtBot) -> None:
    box = flow(*(Button(f"A filter {number}", "chip") for number in range(12)))
    qtbot.addWidget(box)
    assert box.heightForWidth(300) > box.heightForWidth(3000)


def test_a_cut_line_shows_all_of_it_as_a_tip(qtbot: QtBot) -> None:
    label = Elided("A very long name of a school that does not fit")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == "A very long name of a school that does not fit"


def test_an_empty_place_has_one_button(qtbot: QtBot) -> None:
    pressed: list[int] = []
    place = EmptyPlace("No pupils yet.", "Import pupils", press=lambda: pressed.append(1))
    qtbot.addWidget(place)
    assert len(place.findChildren(Button)) == 1
    place.findChildren(Button)[0].click()
    assert pressed == [1]


@pytest.mark.parametrize(("pence", "words"), [(123840, "£1,238.40"), (0, "£0.00"), (5, "£0.05"), (-250, "-£2.50")])
def test_money_is_written_in_pounds(pence: int, words: str) -> None:
    assert money(pence) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, "Today"),
        (date(2026, 11, 23), "Yesterday"),
        (date(2026, 11, 25), "Tomorrow"),
        (date(2026, 10, 1), "1 October"),
        (date(2025, 10, 1), "1 October 2025"),
    ],
)
def test_a_day_is_said_by_how_near_it_is(day: date, words: str) -> None:
    assert nearby(day, TODAY) == words
    assert nearby_within(day, TODAY) == (words.lower() if words.endswith(("day", "morrow")) else words)


def test_every_part_that_the_kit_names_is_there() -> None:
    import ui.widgets

    assert set(ui.widgets.__all__) == set(ui.widgets._HOME_OF)
    for name in ui.widgets.__all__:
        assert getattr(ui.widgets, name) is not None


def test_one_part_does_not_bring_all_the_others() -> None:
    import subprocess
    import sys

    asked = (
        "import sys; from ui.widgets import Button, Text, LineField; print(*sorted(m for m in sys.modules if m.startswith('ui.widgets.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert not {"ui.widgets.table", "ui.widgets.pupil_picker", "ui.widgets.date_field"} & set(loaded)


def test_a_notice_that_becomes_another_kind_has_its_icon_too(qtbot):
    notice, warning = Notice("info", "Not signed off."), Notice("warning", "Not signed off.")
    qtbot.addWidget(notice)
    qtbot.addWidget(warning)
    before = notice._icon.pixmap().toImage()
    notice.become("warning")
    assert notice._icon.pixmap().toImage() == warning._icon.pixmap().toImage() != before


def test_tabs_that_have_no_room_are_told_of_by_an_arrow_and_come_by_a_press(qtbot: QtBot) -> None:
    tabs = TabBar("Pupil", [(f"t{n}", f"A long word {n}") for n in range(9)])
    window = shown(qtbot, tabs)
    chosen: list[str] = []
    tabs.chosen.connect(chosen.append)
    assert tabs._later.isVisible()
    assert not tabs._earlier.isVisible()
    while tabs._later.isVisible():
        tabs._later.click()
    assert tabs._buttons["t8"].isVisible()
    assert tabs._earlier.isVisible()
    assert tabs._earlier.geometry().left() >= 0
    assert tabs._buttons["t8"].geometry().right() <= window.width()
    assert chosen == sorted(set(chosen))


def test_a_table_on_a_panel_leaves_the_round_corners_of_the_panel(qtbot: QtBot) -> None:
    table = RecordTable("Any", [Column("Name")])
    whole = panel((table, 1), margins=1)
    below = Surface("sunken", col((whole, 1), margins=20))
    shown(qtbot, below)
    picture, within = below.grab().toImage(), whole.geometry()
    beyond = theme().colour("surface").name()
    assert picture.pixelColor(within.topLeft() + QPoint(1, 1)).name() != beyond
    assert picture.pixelColor(within.bottomRight() - QPoint(1, 1)).name() != beyond
    assert picture.pixelColor(within.center()).name() == beyond


def test_fields_beside_each_other_stand_below_each_other_where_the_room_is_short(qtbot: QtBot) -> None:
    fields = [
        Field(words, LineField()) for words in ("Keep the address from the other contacts", "Keep telephone and e-mail from them too")
    ]
    window = shown(qtbot, side_by_side(*fields), Text("Below"))
    assert fields[0].y() == fields[1].y()
    theme().use(text_size=2.0)
    window.resize(700, 500)
    qtbot.waitUntil(lambda: fields[1].y() > fields[0].y())
    assert fields[0].parentWidget().minimumSizeHint().width() < 700
    assert all(each.geometry().right() <= window.width() for each in fields)
