"""The second secret in a real Secret Service (``dev.py test`` starts one under ``dbus-run-session``)."""

import pytest

from sencoapp.domain.people import School, StaffMember
from sencoapp.domain.refusals import Fault
from sencoapp.storage.keyring_secret import KeyringSecrets
from tests.places import PASSPHRASE, new_app

pytestmark = pytest.mark.keyring


def test_a_secret_is_kept_found_and_forgotten():
    secrets = KeyringSecrets()
    assert secrets.available()
    assert secrets.keep("a profile", bytes(range(32)))
    assert secrets.find("a profile") == bytes(range(32))
    assert secrets.find("another profile") is None
    secrets.forget("a profile")
    assert secrets.find("a profile") is None


def test_a_profile_opens_with_the_passphrase_and_the_keyring_and_not_with_one_of_them(tmp_path):
    secrets = KeyringSecrets()
    app = new_app(secrets)
    school = School(app.new_id(), "Barrowby Primary", "primary", "leicestershire")
    place, _code = app.begin(tmp_path / "p", PASSPHRASE, school, StaffMember(app.new_id(), "Ruth", "senco"))
    profile = place.profile.id
    place.close()
    app.open(tmp_path / "p", PASSPHRASE).close()
    with pytest.raises(Fault, match="wrong_passphrase"):
        app.open(tmp_path / "p", "another passphrase")
    secrets.forget(profile)
    with pytest.raises(Fault, match="keyring_secret_missing"):
        app.open(tmp_path / "p", PASSPHRASE)
