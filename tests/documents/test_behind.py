"""What is written behind a PDF is read by pikepdf as if it had made it itself."""

import io

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from sencoapp.documents.pdf.behind import Behind, refers


@pytest.fixture
def begun():
    canvas = Canvas(io.BytesIO(), invariant=1)
    canvas.drawString(72, 72, "begun by another")
    return canvas.getpdfdata()


def test_it_is_read_and_what_was_there_before_is_still_reached(begun):
    file = Behind(begun)
    root, leaves, page = file.number(), file.number(), file.number()
    content = file.add_stream(b"q Q", "/Kind/Drawing")
    file.add(page, f"<</Type/Page/Parent {refers(leaves)}/MediaBox[0 0 9 9]/Contents {refers(content)}/Resources<</Font 1 0 R>>>>")
    file.add(leaves, f"<</Type/Pages/Count 1/Kids[{refers(page)}]>>")
    words = "Zażółć (in brackets) \\ and so on – “quoted”"
    file.add(root, f"<</Type/Catalog/Pages {refers(leaves)}/Words {pikepdf.String(words).unparse().decode('latin-1')}>>")

    with pikepdf.open(io.BytesIO(file.whole(root))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.Root.Words) == words
        assert [each.Contents.read_bytes() for each in pdf.pages] == [b"q Q"]
        assert pdf.pages[0].Contents.Kind == "/Drawing"
        assert [each.BaseFont for each in pdf.pages[0].Resources.Font.values()] == ["/Helvetica"]


def test_it_holds_more_objects_than_two_bytes_count(begun):
    file = Behind(begun)
    root, leaves, many = file.number(), file.number(), [file.number() for _ in range(70_000)]
    for place, each in enumerate(many):
        file.add(each, f"[{place}]")
    file.add(leaves, "<</Type/Pages/Count 0/Kids[]>>")
    file.add(root, f"<</Type/Catalog/Pages {refers(leaves)}>>")

    with pikepdf.open(io.BytesIO(file.whole(root))) as pdf:
        assert all(pdf.get_object(number, 0)[0] == place for place, number in list(enumerate(many))[::997])
