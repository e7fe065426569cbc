"""Word forms as councils make them, in several styles: each function gives the bytes of one .docx."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

_NS = nsdecls("w") + ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def table_form() -> bytes:
    """A table of labels, as most councils send it out: a label and an empty cell, a wide box below a question, a list, boxes."""
    form = Document()
    form.add_heading("Request for statutory assessment", 0)
    form.add_heading("Part 1: the child", 1)
    table = form.add_table(rows=0, cols=4, style="Table Grid")
    for left, right in (("Legal surname:", "Legal first name(s):"), ("Date of birth", "UPN")):
        cells = table.add_row().cells
        cells[0].text, cells[2].text = left, right
        for each in (cells[1], cells[3]):
            look = each.paragraphs[0].style.font
            assert look is not None
    wide = table.add_row().cells
    wide[0].text = "Home address"
    wide[1].merge(wide[3])
    sex = table.add_row().cells
    sex[0].text = "Sex"
    sex[1].merge(sex[3]).text = "☐ Male   ☐ Female"
    form.add_heading("Part 2: views", 1)
    views = form.add_table(rows=2, cols=1, style="Table Grid")
    views.cell(0, 0).text = "What does the child say about school?"
    look = views.cell(1, 0).paragraphs[0].paragraph_format
    look.space_after = Pt(3)
    mark = views.cell(1, 0).paragraphs[0]._p.get_or_add_pPr()
    mark.append(parse_xml(f'<w:rPr {_NS}><w:i/><w:color w:val="1F3864"/><w:sz w:val="20"/></w:rPr>'))
    form.add_heading("Part 3: provision", 1)
    provision = form.add_table(rows=3, cols=4, style="Table Grid")
    for cell, words in zip(provision.rows[0].cells, ("Provision", "By whom", "How often", "Cost"), strict=True):
        cell.text = words
    form.add_heading("Part 4: parents and carers", 1)
    people = form.add_table(rows=4, cols=3, style="Table Grid")
    for cell, words in zip(people.rows[0].cells, ("", "Parent/carer 1", "Parent/carer 2"), strict=True):
        cell.text = words
    for row, words in zip(people.rows[1:], ("Name", "Relationship", "Telephone"), strict=True):
        row.cells[0].text = words
    form.add_heading("Part 5: consent", 1)
    form.add_paragraph("Signed ______________________  Date ____________")
    box = form.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0)
    box.text = "Any other information"
    for _ in range(3):
        box.add_paragraph("")
    return saved(form)


def control_form() -> bytes:
    """Content controls: words, a date, a list, a check box, a control of paragraphs bound to the file's own data."""
    form = Document()
    form.add_heading("Request for an assessment", 1)
    name = form.add_paragraph("Name of child: ")
    name._p.append(
        parse_xml(_inline("Child name", '<w:text/><w:dataBinding w:xpath="/a/b" w:storeItemID="{1}"/>', "Click here to enter text."))
    )
    born = form.add_paragraph("Date of birth: ")
    born._p.append(
        parse_xml(
            _inline("DateOfBirth", '<w:date w:fullDate="2020-01-01T00:00:00Z"><w:dateFormat w:val="dd/MM/yyyy"/></w:date>', "Enter a date.")
        )
    )
    need = form.add_paragraph("Primary need: ")
    items = "".join(f'<w:listItem w:displayText="{each}" w:value="{each}"/>' for each in ("Autism", "Speech, language and communication"))
    need._p.append(parse_xml(_inline("Need", f'<w:dropDownList><w:listItem w:value=""/>{items}</w:dropDownList>', "Choose an item.")))
    agree = form.add_paragraph()
    agree._p.append(
        parse_xml(
            f'<w:sdt {_NS}><w:sdtPr><w:alias w:val="Agree"/><w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" '
            f'w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
            f"<w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    agree.add_run(" The parents agree")
    form.element.body.insert(
        len(form.element.body) - 1,
        parse_xml(
            f'<w:sdt {_NS}><w:sdtPr><w:alias w:val="Why an assessment is needed"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:pPr>'
            f'<w:pStyle w:val="ListBullet"/></w:pPr><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/><w:b/></w:rPr>'
            f"<w:t>Click here.</w:t></w:r></w:p>"
            f"</w:sdtContent></w:sdt>"
        ),
    )
    return saved(form)


def _inline(alias: str, kind: str, placeholder: str) -> str:
    return (
        f'<w:sdt {_NS}><w:sdtPr><w:alias w:val="{alias}"/><w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent><w:r><w:rPr>'
        f'<w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>{placeholder}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def legacy_form() -> bytes:
    """Form fields of older Word (text, check box, list), merge fields of both ways of writing, and a bookmark."""
    form = Document()
    name = form.add_paragraph("Surname: ")
    _field(name, "FORMTEXT", '<w:name w:val="Text1"/><w:textInput><w:maxLength w:val="10"/></w:textInput>', "\u2002\u2002\u2002")
    aware = form.add_paragraph("Parents aware: Yes ")
    _field(aware, "FORMCHECKBOX", '<w:name w:val="Check1"/><w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>', None)
    year = form.add_paragraph("Year group: ")
    entries = "".join(f'<w:listEntry w:val="{each}"/>' for each in ("Year 3", "Year 4", "Year 5"))
    _field(year, "FORMDROPDOWN", f'<w:name w:val="Dropdown1"/><w:ddList>{entries}</w:ddList>', None)
    school = form.add_paragraph("School: ")
    run = school.add_run("«SchoolName»")
    run.font.color.rgb = RGBColor(0x80, 0, 0)
    _around(school, run._r, " MERGEFIELD SchoolName \\* MERGEFORMAT ")
    upn = form.add_paragraph("UPN ")
    upn._p.append(parse_xml(f'<w:fldSimple {_NS} w:instr=" MERGEFIELD UPN "><w:r><w:t>«UPN»</w:t></w:r></w:fldSimple>'))
    head = form.add_paragraph("Head teacher: ")
    head._p.append(parse_xml(f'<w:bookmarkStart {_NS} w:id="7" w:name="HeadTeacher"/>'))
    head._p.append(parse_xml(f'<w:bookmarkEnd {_NS} w:id="7"/>'))
    return saved(form)


def _field(paragraph: Any, code: str, data: str, shown: str | None) -> None:
    first = f'<w:r {_NS}><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    pieces = [first, f'<w:r {_NS}><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>']
    if shown is not None:
        pieces += [f'<w:r {_NS}><w:fldChar w:fldCharType="separate"/></w:r>', f"<w:r {_NS}><w:rPr><w:b/></w:rPr><w:t>{shown}</w:t></w:r>"]
    for each in (*pieces, f'<w:r {_NS}><w:fldChar w:fldCharType="end"/></w:r>'):
        paragraph._p.append(parse_xml(each))


def _around(paragraph: Any, run: Any, code: str) -> None:
    run.addprevious(parse_xml(f'<w:r {_NS}><w:fldChar w:fldCharType="begin"/></w:r>'))
    run.addprevious(parse_xml(f'<w:r {_NS}><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'))
    run.addprevious(parse_xml(f'<w:r {_NS}><w:fldChar w:fldCharType="separate"/></w:r>'))
    run.addnext(parse_xml(f'<w:r {_NS}><w:fldChar w:fldCharType="end"/></w:r>'))


def numbered_form(rows: int = 2) -> bytes:
    """A numbered list of outcomes, and a row of a fixed height."""
    form = Document()
    form.add_paragraph("Outcomes").runs[0].bold = True
    table = form.add_table(rows=1 + rows, cols=3, style="Table Grid")
    for cell, words in zip(table.rows[0].cells, ("No.", "Outcome", "By when"), strict=True):
        cell.text = words
    for number, row in enumerate(table.rows[1:], start=1):
        row.cells[0].text = f"{number}."
    low = form.add_table(rows=1, cols=2, style="Table Grid")
    low.cell(0, 0).text = "In brief"
    low.rows[0].height, low.rows[0].height_rule = Pt(20), WD_ROW_HEIGHT_RULE.EXACTLY
    return saved(form)
