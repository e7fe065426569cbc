"""The command line: every step of the main job, JSON in the DfE's names, one sentence where it cannot."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import PASSPHRASE

ROOT = Path(__file__).parents[2]


@pytest.fixture
def zoe(shell, samples):
    shell.json("import", samples / "derived/8552001_CTF_8554003_001.xml")
    return shell.json("pupils")[0]


def test_a_profile_is_made_with_its_sheet_and_opens_afterwards(new_shell, tmp_path):
    shell = new_shell(tmp_path / "made")
    sheet = tmp_path / "sheet.pdf"
    words = ["profile", "new", "--name", "Mrs Ruth Adeyemi", "--school", "Barrowby Primary", "--urn", "123456", "--dfe-number", "855/2001"]
    assert shell.run(*words, "--term", "Autumn 2026=2026-08-27..2026-12-18", "--sheet", sheet) == 0, shell.err
    assert sheet.read_bytes().startswith(b"%PDF-")
    assert shell.json("pupils") == []
    assert shell.run(*words, "--sheet", sheet) != 0
    assert "already" in shell.err


def test_an_import_tells_what_it_did_and_the_second_time_does_nothing(shell, samples):
    file = samples / "mis/arbor_sen_status_report.csv"
    dry = shell.json("import", file, "--dry-run")
    assert shell.json("pupils") == []
    first = shell.json("import", file)
    assert (first["added"], first["changed"], first["unchanged"]) == (2, 0, 0)
    assert first["problems"] == dry["problems"]
    assert set(first["problems"][0]) == {"row", "field", "severity", "message"}
    again = shell.json("import", file)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 2)


def test_a_doubtful_pupil_is_left_out_until_somebody_says_who_it_is(shell, zoe, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("Surname,Forename,DOB\nO'Neill,Zoe,20/11/2014\nO'Neill-Adebayo,Mia,20/11/2014\n")
    told = shell.json("import", file)
    assert (told["added"], [each["row"] for each in told["doubtful"]]) == (0, [2, 3])
    assert told["doubtful"][0]["candidates"][0]["localId"] == zoe["localId"]
    assert shell.run("import", file, "--decide", "3:new") != 0
    again = shell.json("import", file, "--decide", "3=new", "--decide", f"2={zoe['localId']}")
    assert (again["added"], again["changed"], again["doubtful"]) == (1, 1, [])


def test_the_register_speaks_the_names_of_the_dfe(shell, zoe):
    assert zoe["UPN"] == "N855200119042"
    assert (zoe["SENprovision"], zoe["ncYearActual"]) == ("K", "6")
    assert [(each["SENtype"], each["SENtypeRank"]) for each in zoe["needs"]] == [("SLCN", 1), ("SEMH", 2)]
    assert shell.json("pupils", "--status", "E") == []
    assert len(shell.json("pupils", "--text", "oneill", "--year", "6", "--need", "SLCN")) == 1


def test_one_pupil_is_one_object_with_contacts_history_and_counts(shell, zoe):
    page = shell.json("pupil", "zo o'neill")
    assert (page["surname"], page["forename"], page["personBirthDate"]) == ("O'Neill-Adebayo", "Zoë", "2014-11-20")
    assert [(each["relationship"], each["responsibility"]) for each in page["contacts"]] == [("PAM", True), ("PAF", True), ("SWR", False)]
    assert [each["SENprovision"] for each in page["statusHistory"]] == ["N", "K"]
    assert page["counts"]["observation"] == 0


def test_a_note_from_the_command_line_is_found_again(shell, zoe):
    ids = shell.json(
        "observe", zoe["localId"], "--text", "Told the whole story.", "--kind", "strength", "--area", "ci", "--on", "20 11 2026"
    )
    assert len(ids["observations"]) == 1
    assert shell.json("pupil", zoe["UPN"])["counts"]["observation"] == 1
    assert shell.run("observe", zoe["localId"], "--text", " ") == 1
    assert shell.err == "Enter what happened.\n"


def test_a_cycle_goes_round_from_the_command_line(shell, zoe):
    pupil = zoe["localId"]
    note = shell.json("observe", pupil, "--text", "Left the room.")["observations"][0]
    shell.json("cycle", "start", pupil, "--review-due", "+13w")
    shell.json("cycle", "assess", pupil, "--summary", "Follows what she sees.", "--evidence", note)
    assert (
        shell.json("cycle", "outcome", pupil, "--text", "joins a game", "--baseline", "2 minutes", "--target", "10 minutes")["number"] == 1
    )
    dose = ["--rate", "17.20", "--sessions", 3, "--minutes", 30, "--weeks", 12, "--group", 4]
    row = shell.json("cycle", "provide", pupil, "--title", "Talk Boost", "--by", "Mrs Lacey", *dose, "--outcome", 1)
    assert row["cost_pence"] == 7740
    shell.json("cycle", "plan", pupil, "--agreed-with", "Ms O'Neill")
    shell.json("cycle", "view", pupil, "--whose", "pupil", "--text", "I like the cards.")
    assert shell.run("cycle", "close", pupil, "--decision", "Goes on.") == 1
    assert "the parents' view" in shell.err
    shell.json("cycle", "view", pupil, "--whose", "parents", "--absent-because", "Asked twice, no answer yet.")
    shell.json("cycle", "rate", pupil, "--outcome", 1, "--rating", "nearly", "--result", "9 minutes", "--next", "continue")
    assert shell.json("cycle", "close", pupil, "--decision", "Goes on.")["number"] == 2
    for name, begins in (("plan.pdf", b"%PDF-"), ("plan.docx", b"PK")):
        shell.json("cycle", "print", pupil, "--out", shell.profile.parent / name)
        assert (shell.profile.parent / name).read_bytes().startswith(begins)
    first, second = shell.json("cycle", "show", pupil)
    assert first["closed_on"]
    assert first["evidence"][0]["text"] == "Left the room."
    assert second["outcomes"][0]["baseline"] == "9 minutes"


def test_deadlines_need_no_profile(shell):
    found = {each["rule"]: each for each in shell.json("deadlines", "--received", "2027-01-11", profile=False)}
    assert found["decision_to_assess"]["due"] == "2027-02-22"
    assert found["final_plan"]["due"] == "2027-05-31"
    assert all(set(each) == {"rule", "due", "lastCompliant", "citation"} for each in found.values())


def test_verify_rebuild_backup_and_restore(shell, zoe, tmp_path, new_shell):
    assert all(each["sound"] for each in shell.json("verify"))
    assert shell.run("rebuild") == 0
    assert shell.run("backup", tmp_path / "today.senbackup") == 0
    other = new_shell(tmp_path / "restored")
    assert other.run("restore", tmp_path / "today.senbackup") == 0, other.err
    assert other.json("pupils")[0]["localId"] == zoe["localId"]
    assert other.run("restore", tmp_path / "today.senbackup") == 1
    assert "Add --replace" in other.err
    held = other.json("restore", tmp_path / "today.senbackup", "--preview")
    assert (held["school"], held["pupils"]) == ("Barrowby Primary", 1)
    replaced = other.json("restore", tmp_path / "today.senbackup", "--replace")
    assert Path(replaced["kept_aside"]).is_dir()
    assert all(each["sound"] for each in replaced["findings"])


def test_backups_go_where_they_are_told_and_are_listed(shell, zoe, tmp_path):
    assert shell.json("backups")["chosen"] == {"folder": None, "files": []}
    stick = tmp_path / "stick"
    assert shell.run("backups", "--to", stick) == 1
    assert "is not there" in shell.err
    stick.mkdir()
    told = shell.json("backups", "--to", stick, "--now")
    assert told["chosen"]["folder"] == str(stick)
    assert told["chosen"]["files"] == told["laptop"]["files"] != []
    stick.rename(tmp_path / "pulled out")
    assert shell.run("backups") == 1
    assert f"The backup folder {stick} cannot be reached." in shell.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pupil", "nobody"], "No pupil here is “nobody”"),
        (["import", "nowhere.csv"], "There is no file nowhere.csv"),
        (["provision-map", "--out", "map.docx"], "written as .pdf or .xlsx"),
        (["restore", "nowhere.senbackup"], "Add --replace"),
        (["cycle", "assess", "zo", "--summary", "x"], "No cycle is open"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_a_status(shell, zoe, words, said):
    assert shell.run(*words) == 1
    assert said in shell.err
    assert shell.err.count("\n") == 1
    assert shell.out == ""


def test_a_wrong_passphrase_is_one_sentence(shell, secret):
    secret.write_text("not the one")
    assert shell.run("pupils") == 1
    assert shell.err == "That is not the passphrase. Try again, or use the recovery sheet.\n"


def test_a_folder_without_a_profile_is_one_sentence(new_shell, tmp_path):
    shell = new_shell(tmp_path / "nothing")
    assert shell.run("pupils") == 1
    assert "There is no profile in" in shell.err


def test_the_profile_and_the_passphrase_may_come_from_the_environment(shell, secret, monkeypatch):
    monkeypatch.setenv("SENCOAPP_PROFILE", str(shell.profile))
    monkeypatch.setenv("SENCOAPP_PASSPHRASE_FILE", str(secret))
    assert shell.json("pupils", profile=False) == []


def test_the_real_process_speaks_utf8_and_loads_no_window(shell, zoe, tmp_path, secret):
    code = (
        "import sys; from sencoapp.cli import main; status = main(sys.argv[1:]); "
        "print('PySide6' in sys.modules, file=sys.stderr); sys.exit(status)"
    )
    words = ["pupils", "--profile", str(shell.profile), "--passphrase-file", str(secret)]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, check=True, env={"PATH": "/usr/bin", "LC_ALL": "C"}
    )
    assert "Zo O'Neill" in done.stdout.decode()
    assert done.stderr.decode().strip() == "False"


@pytest.mark.parametrize("spoil", ["<!DOCTYPE a [<!ENTITY b 'c'>]><CTfile>&b;</CTfile>", "<CTfile/><CTfile/>", "%PDF-1.7", "\x00\x01", ""])
def test_a_hostile_file_is_one_refusal_and_leaves_the_record_untouched(shell, tmp_path, spoil):
    path = tmp_path / "pupils.xml"
    path.write_text(spoil)
    assert shell.run("import", path) == 1
    assert shell.err.count("\n") == 1
    assert shell.json("pupils") == []


def test_a_windows_1252_table_with_semicolons_is_understood(shell, tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(
        "Surname;Forename;DOB;UPN;SEN Status\nNuñez;José;30/02/2016;X855200119001;K\nLee;Sam;14/03/2016;X855200119002;K\n".encode("cp1252")
    )
    told = shell.json("import", path)
    assert told["added"] == 2
    messages = " ".join(each["message"] for each in told["problems"])
    assert "Row 2" in messages
    assert [each["severity"] for each in told["problems"] if each["field"] == "UPN"] == ["warning"]
    assert {each["name"] for each in shell.json("pupils")} == {"José Nuñez", "Sam Lee"}


def test_json_is_utf8_text(shell, zoe):
    shell.run("pupil", zoe["localId"], "--json")
    assert "Zoë" in shell.out
    assert json.loads(shell.out)["forename"] == "Zoë"
    assert PASSPHRASE not in shell.out


def test_a_recovery_sheet_is_never_written_over(new_shell, tmp_path):
    sheet = tmp_path / "sheet.pdf"
    sheet.write_text("the only way into another profile")
    shell = new_shell(tmp_path / "made")
    assert shell.run("profile", "new", "--name", "Ruth", "--school", "Barrowby", "--sheet", sheet) == 1
    assert sheet.read_text() == "the only way into another profile"
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(("encoding", "opens"), [("utf-8-sig", True), ("utf-16", False)])
def test_a_passphrase_file_from_notepad_is_read_or_told(shell, secret, encoding, opens):
    secret.write_text(PASSPHRASE + "\r\n", encoding=encoding)
    assert (shell.run("pupils") == 0) is opens
    assert opens or "UTF-8" in shell.err


def test_a_number_that_is_none_is_refused_in_a_sentence(shell, zoe):
    shell.run("cycle", "start", zoe["localId"])
    words = ["cycle", "provide", zoe["localId"], "--title", "Talk", "--by", "Miss Tan", "--minutes", 30, "--weeks", 12, "--group", 4]
    assert shell.run(*words, "--rate", "17.20", "--sessions", "nan") in (1, 2)
    for rate in ("nan", "inf", "1e40", "abc"):
        assert shell.run(*words, "--rate", rate, "--sessions", 3) in (1, 2)
        assert "Traceback" not in shell.err


def test_a_folder_that_cannot_be_made_is_told(shell, zoe, tmp_path):
    (tmp_path / "a file").touch()
    assert shell.run("provision-map", "--out", tmp_path / "a file" / "map.pdf") == 1
    assert "folder" in shell.err


def test_the_history_of_a_pupil_and_a_save_taken_back(shell, tmp_path):
    listed = tmp_path / "pupils.csv"
    listed.write_text("Surname,Forename,Date of birth,Year\nOsei,Kian,19/05/2018,4\n")
    shell.json("import", listed)
    listed.write_text("Surname,Forename,Date of birth,Year\nOsei,Kian,19/05/2018,5\n")
    shell.json("import", listed)
    (change, _) = shell.json("history", "Osei", "--field", "year")["changes"]
    assert (change["label"], change["by_name"]) == ("Year", "Mrs Ruth Adeyemi")
    done = shell.json("undo", change["save"])
    assert done["left"] == []
    assert shell.run("undo", done["save"]) == 0
    assert shell.out.startswith("Done again: Pupils imported.")
    assert shell.run("history", "Osei") == 0
    assert "Legal surname: nothing → Osei" in shell.out
    assert shell.run("undo", "f" * 32) == 1
    assert "not in the record" in shell.err
