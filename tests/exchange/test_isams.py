"""iSAMS batch XML, as its batch client describes it (interop.md 3.1)."""

from datetime import date

import pytest

from sencoapp.domain.refusals import Fault

BATCH = """<?xml version="1.0" encoding="utf-8"?>
<iSAMS><MessageLog/><PupilManager><CurrentPupils>
<Pupil Id="71" PersonId="200" PersonGuid="c0ffee"><SchoolCode>0000071</SchoolCode><SchoolId>0071</SchoolId><UPN>N855200119042</UPN>
 <Initials>ZA</Initials><Title>Miss</Title><Forename>Zoë</Forename><Surname>Hart</Surname><Middlename>Anne</Middlename>
 <Preferredname>Zo</Preferredname><Gender>F</Gender><DOB>2015-05-01T00:00:00</DOB><Form>6B</Form><NCYear>6</NCYear>
 <EmailAddress>zo@example.org</EmailAddress><EnrolmentDate>2019-09-02T00:00:00</EnrolmentDate>
 <Ethnicity>White and Asian</Ethnicity><Languages><Language>Punjabi</Language></Languages></Pupil>
<Pupil Id="72"><SchoolId>0072</SchoolId><Forename>Bo</Forename><Surname>Lee</Surname><DOB>2014-11-20T00:00:00</DOB></Pupil>
</CurrentPupils></PupilManager></iSAMS>"""


def test_the_current_pupils_of_an_isams_batch_are_read(read):
    found = read(BATCH)

    assert found.source == "isams_xml"
    zoe, bo = found.arrivals
    assert zoe.pupil == {
        "upn": "N855200119042",
        "mis_id": "0071",
        "legal_surname": "Hart",
        "legal_forename": "Zoë",
        "middle_names": "Anne",
        "preferred_forename": "Zo",
        "sex": "F",
        "birth_date": date(2015, 5, 1),
        "year": "6",
        "reg_group": "6B",
        "entry_on": date(2019, 9, 2),
        "ethnicity": "MWAS",
        "first_language": "PNJ",
    }
    assert (bo.row, bo.pupil["mis_id"], bo.pupil["birth_date"]) == (2, "0072", date(2014, 11, 20))


def test_a_person_may_say_what_its_fields_hold(read):
    found = read(BATCH, mapping={list(read(BATCH).headings).index("SchoolCode"): "misId"})

    assert found.arrivals[0].pupil["mis_id"] == "0000071"


def test_an_ethnicity_in_other_words_is_a_problem_and_no_more(read, told):
    found = read(BATCH.replace("White and Asian", "Cornish"))

    assert [each for each in told(found) if each[1] == "ethnicity"] == [(1, "ethnicity", "warning")]
    assert len(found.arrivals) == 2


def test_a_batch_without_pupils_says_so(read, told):
    assert told(read("<iSAMS><PupilManager><CurrentPupils/></PupilManager></iSAMS>"))


@pytest.mark.parametrize("version", ["15.0", "20.0", "25.0", "26.0", ""])
def test_a_ctf_of_any_year_is_read(read, sample, version):
    content = sample("derived", "8552001_CTF_8554003_001.xml").replace(b"<CTFversion>25.0", f"<CTFversion>{version}".encode())

    assert read(content).arrivals[0].pupil["legal_surname"] == "O'Neill-Adebayo"


def test_more_pupils_than_any_school_has_are_refused(read):
    with pytest.raises(Fault):
        read("<iSAMS><PupilManager><CurrentPupils>" + "<Pupil><A/></Pupil>" * 50_001 + "</CurrentPupils></PupilManager></iSAMS>")
