"""PDF forms as councils make them: by ReportLab with looks, and by hand without any, with names within names."""

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen import canvas

_A4 = (595.0, 842.0)


def drawn_form(*, long_box: float = 60) -> bytes:
    """Labels beside and above boxes, a check box, two that belong together, a list, a box for a long answer."""
    out = BytesIO()
    page: Any = canvas.Canvas(out, pagesize=_A4, invariant=1)
    form = page.acroForm
    page.drawString(50, 780, "Child's legal surname:")
    form.textfield(name="Text1", x=200, y=772, width=200, height=20, borderWidth=1)
    page.drawString(50, 740, "Date of birth")
    form.textfield(name="dob", tooltip="Date of birth of the child", x=200, y=732, width=120, height=20)
    page.drawString(50, 700, "Do the parents agree?")
    for number, (words, x) in enumerate((("Yes", 200), ("No", 260))):
        form.radio(name="agree", value=f"v{number}", x=x, y=696, size=14, selected=False)
        page.drawString(x + 20, 700, words)
    form.checkbox(name="Check Box2", x=50, y=656, size=14)
    page.drawString(72, 660, "Reports are attached")
    page.drawString(50, 620, "Primary need")
    form.choice(name="need", options=["Autism", "SEMH"], value="Autism", x=200, y=612, width=160, height=20)
    page.drawString(50, 580, "What has been tried so far, and what came of it?")
    form.textfield(name="tried", x=50, y=570 - long_box, width=480, height=long_box, fieldFlags="multiline", fontSize=10)
    page.showPage()
    page.drawString(50, 780, "UPN")
    form.textfield(name="upn", x=200, y=772, width=200, height=20, maxlen=13, fieldFlags="comb")
    page.save()
    return out.getvalue()


def bare_form() -> bytes:
    """Fields within fields, without looks, one turned on its side, one that may not be changed, a place to sign."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=_A4)

    def box(rectangle: list[float], **more: Any) -> Any:
        return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array(rectangle), F=4, P=page.obj, **more))

    first = box([50, 700, 300, 720], T=String("FirstName"), FT=Name.Tx)
    side = box([500, 100, 520, 400], T=String("Sideways"), FT=Name.Tx, MK=Dictionary(R=90, BC=Array([0])))
    fixed = box([50, 650, 300, 670], T=String("Reference"), FT=Name.Tx, Ff=1)
    sign = box([50, 600, 300, 630], T=String("Signature"), FT=Name.Sig)
    group = pdf.make_indirect(Dictionary(T=String("Child"), Kids=Array([first, side]), DA=String("/Helv 9 Tf 0 g")))
    first.Parent = side.Parent = group
    page.obj.Annots = Array([first, side, fixed, sign])
    pdf.Root.AcroForm = Dictionary(Fields=Array([group, fixed, sign]), NeedAppearances=True, DA=String("/Helv 0 Tf 0 g"))
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def changed(content: bytes, change: Any, **saving: Any) -> bytes:
    """The same file after ``change`` had its way with it."""
    with pikepdf.Pdf.open(BytesIO(content)) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out, **saving)
    return out.getvalue()


def values_of(content: bytes) -> dict[str, str]:
    """What stands in the fields, by the whole name."""
    found = {}
    with pikepdf.Pdf.open(BytesIO(content)) as pdf:
        for each in pdf.acroform.fields if hasattr(pdf, "acroform") else ():
            found[str(each.fully_qualified_name)] = str(each.obj.get("/V", ""))
    return found
