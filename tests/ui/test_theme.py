"""Colours reach their contrast in every theme, and themes and text sizes change in open windows."""

import json

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sencoapp import reference
from ui.theme import Scheme, theme
from ui.widgets import Button, Icon, Text, col, holder

TOKENS = json.loads(reference.path_of("look", "tokens.json").read_text("utf-8"))
GROUNDS = ("background", "surface", "raised", "sunken")
INKS = ("text", "muted", "accent", "thread_text", "danger", "law", "council", "practice")
SOFT = ("success", "warning", "danger", "info", "area_ci", "area_cl", "area_semh", "area_sp", "status_k", "status_e", "status_n")


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    """Ink, ground and least contrast (WCAG 2.2, 1.4.3 and 1.4.11) of every pair that the kit paints."""
    text = [(ink, ground, 4.5) for ground in GROUNDS for ink in INKS]
    lines = [(line, ground, 3.0) for ground in GROUNDS for line in ("border", "focus", "thread")]
    soft = [(role, f"{role}_soft", 4.5) for role in SOFT]
    on_soft = [("text", f"{role}_soft", 4.5) for role in ("thread", "success", "warning", "danger", "info", "accent")]
    chosen = [(ink, "selection", 4.5) for ink in ("text", "muted", "accent", "danger", "warning", "success")]
    rest = [("on_accent", "accent", 4.5), ("on_accent", "accent_hover", 4.5), ("thread_text", "thread_soft", 4.5)]
    hover = [("accent", "accent_soft", 4.5), ("muted", "accent_soft", 4.5), ("accent", "info_soft", 4.5), ("focus", "selection", 3.0)]
    kit = [("danger", "accent_soft", 4.5), ("accent", "success_soft", 4.5), ("accent", "warning_soft", 4.5), ("accent", "danger_soft", 4.5)]
    return [*text, *lines, *soft, *on_soft, *chosen, *rest, *hover, *kit, ("accent", "thread_soft", 4.5)]


@pytest.mark.parametrize("name", ["light", "dark", "high_contrast"])
def test_every_pair_of_colours_can_be_read(name: str) -> None:
    colours = TOKENS["themes"][name]
    low = {
        f"{ink} on {ground}": contrast(colours[ink], colours[ground])
        for ink, ground, least in pairs()
        if contrast(colours[ink], colours[ground]) < least
    }
    assert low == {}


def test_the_measures_kept_in_the_tokens_are_those_of_the_colours() -> None:
    for name, kept in TOKENS["contrast"].items():
        colours = TOKENS["themes"][name]
        for pair, measured in kept.items():
            ink, ground = pair.split(" on ")
            assert contrast(colours[ink], colours[ground]) == pytest.approx(measured, abs=0.011), (name, pair)


def test_every_theme_has_every_role() -> None:
    roles = [set(colours) for colours in TOKENS["themes"].values()]
    assert roles[0] == roles[1] == roles[2]


def test_the_font_is_the_one_that_is_bundled(qapp: QApplication) -> None:
    assert QFontInfo(theme().font("ui")).family() == "Atkinson Hyperlegible Next"


def test_a_theme_changes_in_open_windows(qtbot: QtBot) -> None:
    label, icon = Text("Words", tone="muted"), Icon("sun")
    box = holder(col(label, icon, Button("Save", "primary")))
    qtbot.addWidget(box)
    box.show()
    before = icon.pixmap().toImage()
    with qtbot.waitSignal(theme().changed):
        theme().use(Scheme.DARK)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(TOKENS["themes"]["dark"]["muted"])
    assert icon.pixmap().toImage() != before
    assert QApplication.palette().color(QPalette.ColorRole.Window) == QColor(TOKENS["themes"]["dark"]["background"])


def test_a_text_size_changes_fonts_gaps_and_targets_in_open_windows(qtbot: QtBot) -> None:
    label, button, layout = Text("Words"), Button("Save"), col(gap=8, margins=16)
    layout.addWidget(label)
    layout.addWidget(button)
    box = holder(layout)
    qtbot.addWidget(box)
    theme().use(text_size=2.0)
    assert label.font().pixelSize() == 28
    assert layout.spacing() == 16
    assert layout.contentsMargins().left() == 32
    assert button.sizeHint().height() == 72


@pytest.mark.parametrize(("asked", "given"), [(0.1, 0.9), (1.25, 1.25), (9, 2.0)])
def test_the_text_size_stays_within_its_limits(asked: float, given: float) -> None:
    theme().use(text_size=asked)
    assert theme().text_size == given


def test_every_icon_can_be_drawn() -> None:
    for path in reference.path_of("look", "icons").glob("*.svg"):
        assert not theme().pixmap(path.stem).isNull(), path.stem
