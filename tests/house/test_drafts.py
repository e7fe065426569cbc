"""Every form of the window keeps what is typed in it: a module that makes fields keeps drafts, or says here why not."""

import ast
import re
import tomllib

from tests.house.tree import ROOT, modules, parsed

FIELDS = {"LineField", "TextArea", "DateField", "AskForm", "SchoolFields", "TermsEditor", "NoteForm", "ProvisionForm", "DocumentFields"}
KEEPING = {"DraftOf", "FormDraft", "KeptText", "keep_draft"}

KEPT_BY_OTHERS = {
    "ask_form.py": "a form as data; the sheets that show it keep the draft",
    "day_field.py": "a part of other forms",
    "note_form.py": "quick entry keeps its draft",
    "note_more.py": "a part of the note form",
    "provision_form.py": "the provision sheet keeps its draft",
    "school_fields.py": "the settings keep its draft",
    "terms.py": "a part of other forms",
    "plan_smart.py": "a part of the outcome sheet, which keeps the draft",
}
BEFORE_A_RECORD_IS_OPEN = {
    "begin.py": "there is no record yet that could keep it",
    "passphrase.py": "a secret",
    "recovery.py": "a secret",
    "unlock.py": "a secret",
    "settings_keys.py": "secrets, and how long the record stays open",
    "sheet_proof.py": "a secret",
}
NOTHING_TO_LOSE = {
    "review_meeting.py": "two days that are proposed; the form of each pupil keeps a draft",
    "plan_close.py": "one day that is proposed; its texts keep themselves",
    "settings_school.py": "term dates are typed from a list; the school's details keep a draft",
    "leaving_erase.py": "erasing is typed anew, in full, each time: nothing of it is to wait for a second Enter",
    "receive.py": "a code that is on paper",
    "settings_keeping.py": "how many backups are kept",
    "map_filters.py": "two days of a filter",
    "settings_spelling.py": "one word",
    "export_sheet.py": "seven digits of a school",
    "request_sign_off.py": "a name that the settings propose, and one day",
    "request_send.py": "the council's address, remembered once it was used",
}


def test_every_form_keeps_what_is_typed_in_it():
    without = []
    for path in modules("ui"):
        if path.parent.name != "pages":
            continue
        called = {ast.unparse(each.func).rpartition(".")[2] for each in ast.walk(parsed(path)) if isinstance(each, ast.Call)}
        excused = path.name in KEPT_BY_OTHERS | BEFORE_A_RECORD_IS_OPEN | NOTHING_TO_LOSE
        if called & FIELDS and not called & KEEPING and not excused:
            without.append(f"{path.relative_to(ROOT)} makes {', '.join(sorted(called & FIELDS))} and keeps no draft")
    assert not without, "\n".join(without)


def test_no_excuse_outlives_its_form():
    there = {path.name for path in modules("ui")}
    assert [each for each in (*KEPT_BY_OTHERS, *BEFORE_A_RECORD_IS_OPEN, *NOTHING_TO_LOSE) if each not in there] == []


def test_forms_about_one_pupil_have_words_by_which_their_drafts_are_told_apart():
    """Any other draft is told by the name of the thing that it changes."""
    texts = "\n".join(path.read_text("utf-8") for path in modules("ui") if path.parent.name == "pages")
    names = set(re.findall(r'(?:\bdraft=|DraftOf\([^"\n]*, |FormDraft\([^"\n]*, )f?"([a-z_]+)\.\{[a-z_.]*pupil', texts))
    assert len(names) > 10
    with (ROOT / "resources" / "wording" / "history.toml").open("rb") as file:
        said = tomllib.load(file)
    assert [each for each in sorted(names) if f"form_{each}" not in said] == []
