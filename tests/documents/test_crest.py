"""The school's crest: made fit to keep from whatever was chosen, and set on the papers that the school's name heads."""

import io
from base64 import b64encode

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from PIL import Image, ImageDraw

from sencoapp.documents import DocumentRoom
from sencoapp.documents.crest import TALLEST, WIDEST, crest_in
from sencoapp.documents.sample_crest import make_crest
from sencoapp.domain.refusals import Fault
from tests.documents import every_document as every
from tests.documents import samples
from tests.documents.packs import made_pack
from tests.documents.structure import read

ROOM = DocumentRoom()


def png(picture: Image.Image, form: str = "PNG", **more) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


def kept(content: bytes, name: str = "crest.png") -> Image.Image:
    return Image.open(io.BytesIO(ROOM.crest(name, content)), formats=["PNG"])


def test_what_is_seen_through_becomes_white_and_the_empty_margins_go():
    drawn = Image.new("RGBA", (900, 900), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).ellipse((300, 200, 600, 800), fill=(120, 20, 40, 255))
    found = kept(png(drawn))
    assert found.mode == "RGB"
    assert abs(found.width / found.height - 301 / 601) < 0.01
    assert max(found.size) == 480
    assert found.getpixel((0, 0)) == (255, 255, 255)
    assert found.getpixel((found.width // 2, found.height // 2)) == (120, 20, 40)


def test_nothing_stays_of_what_a_camera_wrote_and_a_picture_of_the_sign_at_the_gate_stays_small():
    photo = Image.effect_noise((1600, 1200), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = "CANARY"
    content = png(photo, "JPEG", exif=exif, comment=b"CANARY")
    assert b"CANARY" in content
    made = ROOM.crest("gate.jpg", content)
    assert b"CANARY" not in made
    assert len(made) < 250_000
    assert Image.open(io.BytesIO(made)).size == (480, 360)


def test_the_same_picture_gives_the_same_bytes():
    assert ROOM.crest("a.png", make_crest()) == ROOM.crest("b.png", make_crest())


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (png(Image.new("RGBA", (300, 300), (255, 255, 255, 255))), "crest_is_white"),
        (png(Image.new("RGBA", (300, 300), (0, 0, 0, 0))), "crest_is_white"),
        (every.paper("letter", "usual"), "photo_other_kind"),
        (make_crest()[:4000], "evidence_damaged"),
        (png(Image.new("1", (9000, 9000))), "evidence_picture_too_large"),
    ],
)
def test_what_no_paper_can_show_is_refused_in_words(content, key):
    with pytest.raises(Fault) as refused:
        ROOM.crest("crest.png", content)
    assert refused.value.key == key


@pytest.mark.parametrize(("wide", "high"), [(400, 400), (900, 60), (60, 900), (40, 30)])
def test_a_crest_fits_its_box_keeps_its_shape_and_is_never_blurred(wide, high):
    found = crest_in({"crest": samples.crest(wide, high)}, "Barrowby Primary")
    assert found is not None
    assert found.wide <= WIDEST + 0.01
    assert found.high <= TALLEST + 0.01
    assert abs(found.wide / found.high / (wide / high) - 1) < 0.05
    assert min(480 / max(found.wide, found.high), wide / found.wide) * 72 >= 119


NO_CRESTS = (
    b"no picture",
    png(Image.new("RGB", (5000, 5000))),
    png(Image.new("RGBA", (50, 50))),
    png(Image.new("RGB", (50, 50)), "JPEG"),
    make_crest()[:4000],
)


@pytest.mark.parametrize("crest", ["no base64", 5, *(b64encode(each).decode() for each in NO_CRESTS)])
def test_a_pack_from_elsewhere_whose_crest_is_none_is_whole_without_it(crest):
    bare = samples.empty_snapshot()
    assert made_pack(ROOM, {**bare, "crest": crest}, []).pdf == made_pack(ROOM, bare, []).pdf


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda crest: ROOM.letter({**every.letter(), **crest}), every.SCHOOL),
        (lambda crest: ROOM.plan({**every.plan("learning_plan"), **crest}), every.SCHOOL),
        (lambda crest: made_pack(ROOM, {**samples.snapshot(evidence=[]), **crest}, []).pdf, samples.snapshot()["school"]["name"]),
    ],
)
def test_a_paper_carries_the_crest_once_with_words_for_who_cannot_see_it_and_is_as_long_as_without(make, name):
    with_crest, without = make({"crest": samples.crest()}), make({})
    words = [str(each.source.Alt) for each in read(with_crest).root.all("Figure")]
    assert words.count(f"Crest of {name}") == 1
    assert make({"crest": samples.crest()}) == with_crest
    with pikepdf.Pdf.open(io.BytesIO(with_crest)) as paper, pikepdf.Pdf.open(io.BytesIO(without)) as bare:
        assert len(paper.pages) == len(bare.pages)
        (picture,) = [each for page in paper.pages for each in page.get_images().values()]
        assert "/SMask" not in picture
        assert not any(page.get_images() for page in bare.pages)


def test_word_carries_it_above_the_title():
    document = docx.Document(io.BytesIO(ROOM.plan_word({**every.plan("sen_support_plan"), "crest": samples.crest()})))
    first = document.paragraphs[0]
    assert [each.get("descr") for each in first._p.iter(qn("wp:docPr"))] == [f"Crest of {every.SCHOOL}"]
    assert document.paragraphs[1].style.name == "Heading 1"
