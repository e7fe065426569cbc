"""The questions to one member of staff as a PDF form (ISO 32000-1, 12.7): readable, with a name on every field.

Its fields: ``token`` and ``pupil``, hidden; ``answer_0`` and so on. ``round_robin_return`` reads them back.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from sencoapp.documents.pdf.text import printable
from sencoapp.documents.pdf.type import A4, BODY, BOLD, FOOT, GREY, INK, LEFT, LINE, REGULAR, RIGHT, SEMIBOLD, SMALL, TOP, Style, font
from sencoapp.reference import say

_HIDDEN, _MULTILINE, _READ_ONLY = "hidden", "multiline", "readOnly"
_BOX, _LINE_BOX = 92.0, 24.0
_END = A4[1] - 62.0
_MOST = 10_000


def round_robin_pdf(content: Mapping[str, Any]) -> bytes:
    """The same content gives the same bytes."""
    return _Form(content).made()


class _Form:
    def __init__(self, content: Mapping[str, Any]) -> None:
        from reportlab.pdfgen import canvas

        library: Any = canvas

        for name in (REGULAR, SEMIBOLD, BOLD):
            font(name)
        self._content = content
        self._out = BytesIO()
        self._page: Any = library.Canvas(self._out, pagesize=A4, invariant=1, lang="en-GB")
        self._y = TOP
        self._wide = A4[0] - LEFT - RIGHT

    def made(self) -> bytes:
        content, page = self._content, self._page
        page.setTitle(printable(say("round_robins.form_heading", title=content["title"], pupil=content["pupil"])))
        page.setAuthor(printable(content["school"]))
        self._running()
        self._words(say("round_robins.form_heading", title=content["title"], pupil=content["pupil"]), Style(20, 25, BOLD))
        self._words(say("round_robins.form_for", name=content["name"]), Style(13, 19, SEMIBOLD))
        self._y += 4
        self._words(say("round_robins.form_about", sender=content["sender"], pupil=content["pupil"]), BODY)
        self._y += 4
        self._words(say("round_robins.form_how_pdf", due=content["due"]), Style(12, 17, SEMIBOLD))
        if any(each["required"] for each in content["questions"]):
            self._words(say("round_robins.form_required"), SMALL)
        self._hidden("token", content["token"])
        self._hidden("pupil", content["pupil_code"])
        for number, question in enumerate(content["questions"]):
            self._question(number, question)
        page.save()
        return self._out.getvalue()

    def _question(self, number: int, question: Mapping[str, Any]) -> None:
        words = f"{number + 1}. {question['text']}{' *' if question['required'] else ''}"
        style = Style(12, 16, SEMIBOLD)
        lines = self._lines(words, style)
        box = _LINE_BOX if question["scale"] else _BOX
        if self._y + 14 + len(lines) * style.leading + box > _END:
            self._turn()
        self._y += 14
        self._words(words, style)
        self._y += 3
        common: dict[str, Any] = {
            "name": f"answer_{number}",
            "tooltip": printable(words),
            "x": LEFT,
            "y": A4[1] - self._y - box,
            "width": self._wide if not question["scale"] else self._wide / 2,
            "height": box,
            "borderWidth": 0.8,
            "borderColor": _colour(LINE),
            "fillColor": _colour((1.0, 1.0, 1.0)),
            "textColor": _colour(INK),
            "forceBorder": True,
            "fontSize": 11,
        }
        form = self._page.acroForm
        if question["scale"]:
            choose = say("round_robins.form_choose")
            form.choice(options=[choose, *map(_plain_letters, question["scale"])], value=choose, fieldFlags="combo", **common)
        else:
            form.textfield(value="", maxlen=_MOST, fieldFlags=_MULTILINE, **common)
        self._y += box

    def _hidden(self, name: str, value: str) -> None:
        self._page.acroForm.textfield(
            name=name, value=value, x=LEFT, y=20, width=1, height=1, annotationFlags=_HIDDEN, fieldFlags=_READ_ONLY, fontSize=6, maxlen=40
        )

    def _words(self, words: str, style: Style) -> None:
        self._page.setFillColorRGB(*style.colour)
        self._page.setFont(style.font, style.size)
        for line in self._lines(words, style):
            if self._y + style.leading > _END:
                self._turn()
                self._page.setFillColorRGB(*style.colour)
                self._page.setFont(style.font, style.size)
            self._y += style.leading
            self._page.drawString(LEFT, A4[1] - self._y + style.leading * 0.25, line)

    def _lines(self, words: str, style: Style) -> list[str]:
        from reportlab.lib import utils

        library: Any = utils
        return list(library.simpleSplit(printable(words), style.font, style.size, self._wide))

    def _turn(self) -> None:
        self._page.showPage()
        self._y = TOP - 16
        self._running()

    def _running(self) -> None:
        """The school above, the code and whom to send it to below, on every page."""
        page, content = self._page, self._content
        page.setFillColorRGB(*GREY)
        page.setFont(REGULAR, 9.5)
        page.drawString(LEFT, A4[1] - 44, printable(content["school"]))
        page.drawString(LEFT, FOOT, printable(say("round_robins.form_code", token=content["token"])))
        page.drawRightString(A4[0] - RIGHT, A4[1] - 44, printable(say("round_robins.form_private", sender=content["sender"])))


def _colour(rgb: tuple[float, float, float]) -> Any:
    from reportlab.lib import colors

    library: Any = colors
    return library.Color(*rgb)


def _plain_letters(words: str) -> str:
    """A form's own font draws Latin letters only."""
    return words.encode("latin-1", "replace").decode("latin-1")
