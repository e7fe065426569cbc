"""Staff, roles and the audit trail from the command line, and what a teacher's own profile keeps."""

import pytest


def test_staff_are_added_listed_and_given_another_role(shell):
    assert shell.run("staff", "add", "Mr Tom Reid", "--role", "teacher", "--class", "4M") == 0, shell.err
    assert "Mr Tom Reid is on the staff: Teacher." in shell.out
    assert shell.run("staff", "role", "reid", "--role", "deputy_senco") == 0, shell.err
    assert [(each["name"], each["role"]) for each in shell.json("staff", "list")] == [
        ("Mr Tom Reid", "deputy_senco"),
        ("Mrs Ruth Adeyemi", "senco"),
    ]
    assert shell.run("staff", "role", "nobody", "--role", "teacher") != 0
    assert "called “nobody”" in shell.err


def test_the_trail_is_read_as_sentences_and_as_json(shell):
    shell.run("staff", "add", "Mr Tom Reid", "--role", "teacher")
    shell.run("verify")
    assert shell.run("trail") == 0, shell.err
    assert "Mrs Ruth Adeyemi  Added Mr Tom Reid to the staff" in shell.out
    told = shell.json("trail", "--kind", "keys")
    assert told[0]["what"].startswith("Checked that the record is whole")
    assert shell.json("trail", "--by", "reid") == []


@pytest.fixture
def teacher(new_shell, tmp_path):
    shell = new_shell(tmp_path / "teacher")
    words = ["profile", "new", "--name", "Mr Tom Reid", "--school", "Barrowby Primary", "--role", "teacher", "--class", "4M"]
    assert shell.run(*words, "--sheet", tmp_path / "sheet.pdf") == 0, shell.err
    return shell


def test_a_teachers_profile_gets_the_pupils_of_their_classes_by_import(teacher, tmp_path):
    file = tmp_path / "pupils.csv"
    file.write_text(
        "UPN,Surname,Forename,Date of birth,Reg group,Address\n,Osei,Kian,03/02/2018,4M,1 Mill Lane\n,Shah,Leila,03/02/2017,5T,\n"
    )
    done = teacher.json("import", file)
    assert done["added"] == 1
    assert any("other classes" in each["message"] for each in done["problems"])
    assert ["Osei" in str(each) for each in teacher.json("pupils")] == [True]
    assert teacher.run("trail") != 0
    assert "Read who did what in the record: this is for the SENCO, the deputy SENCO or the head teacher." in teacher.err
    assert teacher.run("staff", "role", "reid", "--role", "senco") != 0
    assert teacher.run("observe", "Osei", "--text", "He read a whole page.") == 0, teacher.err
