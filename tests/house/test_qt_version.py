"""PySide6 6.12.0 loses a reference to None with every call that returns nothing, and on Python 3.11 ends the process."""

import sys


def test_calls_that_return_nothing_do_not_use_up_none(qtbot):
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for n in range(50_000):
        label.setText(str(n))
    assert label.text() == "49999"
    assert abs(sys.getrefcount(None) - before) < 1_000
