"""The one style sheet, for the few parts of Qt's own widgets that a palette cannot reach. It is set once for a look."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.theme import Theme


def style_sheet(theme: "Theme") -> str:
    """Rules for text fields, lists to choose from, scroll bars, menus and tips."""
    px = theme.px

    def colour(role: str) -> str:
        return theme.colour(role).name()

    field = f"background:{colour('raised')};color:{colour('text')};border:1px solid {colour('border')};border-radius:{px(6)}px;"
    picked = f"selection-background-color:{colour('selection')};selection-color:{colour('text')};"
    return f"""
    QLineEdit{{placeholder-text-color:{colour("muted")};}}
    QLineEdit,QComboBox{{{field}{picked}padding:0 {px(10)}px;}}
    QTextEdit{{{field}{picked}padding:{px(5)}px {px(9)}px;}}
    QLineEdit:focus,QComboBox:focus,QComboBox:on{{border:2px solid {colour("focus")};padding:0 {px(10) - 1}px;}}
    QTextEdit:focus{{border:2px solid {colour("focus")};padding:{px(5) - 1}px {px(9) - 1}px;}}
    QLineEdit[problem="true"],QTextEdit[problem="true"],QComboBox[problem="true"]{{border:2px solid {colour("danger")};}}
    QLineEdit[bare="true"]{{background:transparent;border:none;padding:0;}}
    QLineEdit:disabled,QTextEdit:disabled,QComboBox:disabled{{background:{colour("sunken")};color:{colour("muted")};}}
    QComboBox::drop-down{{border:none;width:{px(28)}px;}}
    QComboBox::down-arrow{{image:none;}}
    QComboBox QAbstractItemView{{background:{colour("raised")};border:1px solid {colour("border")};outline:0;{picked}}}
    QTableView{{background:{colour("surface")};color:{colour("text")};border:none;outline:0;}}
    QTableView[bare="true"]{{background:transparent;}}
    QListView{{background:{colour("raised")};color:{colour("text")};border:none;outline:0;}}
    QAbstractScrollArea::corner{{background:transparent;border:none;}}
    QScrollArea{{background:transparent;border:none;}}
    QScrollBar:vertical{{background:transparent;width:{px(12)}px;margin:0;}}
    QScrollBar:horizontal{{background:transparent;height:{px(12)}px;margin:0;}}
    QScrollBar::handle{{background:{colour("border")};border-radius:{px(3)}px;margin:{px(3)}px;}}
    QScrollBar::handle:vertical{{min-height:{px(40)}px;}}
    QScrollBar::handle:horizontal{{min-width:{px(40)}px;}}
    QScrollBar::add-line,QScrollBar::sub-line{{width:0;height:0;}}
    QScrollBar::add-page,QScrollBar::sub-page{{background:transparent;}}
    QMenu{{background:{colour("raised")};color:{colour("text")};border:1px solid {colour("border")};padding:{px(4)}px;}}
    QMenu::item{{padding:{px(8)}px {px(24)}px {px(8)}px {px(12)}px;border-radius:{px(4)}px;}}
    QMenu::item:selected{{background:{colour("selection")};}}
    QMenu::item:disabled{{color:{colour("muted")};}}
    QToolTip{{background:{colour("raised")};color:{colour("text")};border:1px solid {colour("border")};padding:{px(4)}px;}}
    """
