"""Identity numbers at rest."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sasando.base import encryption
from sasando.base.encryption import EncryptionError, key_ring, new_key_file


@given(st.text())
def test_what_goes_in_comes_out(text):
    stored = key_ring().encrypt(text, "registry.identifier.number")
    assert key_ring().decrypt(stored, "registry.identifier.number") == text


def test_equal_values_are_stored_unequal_but_found_by_equal_hashes():
    ring = key_ring()
    assert ring.encrypt("5314021203709001", "x") != ring.encrypt("5314021203709001", "x")
    assert ring.lookup("5314021203709001", "nik") == ring.lookup("5314021203709001", "nik")
    assert ring.lookup("5314021203709001", "nik") != ring.lookup("5314021203709001", "kk")


def test_a_value_moved_to_another_column_does_not_open():
    stored = key_ring().encrypt("5314021203709001", "registry.identifier.number")
    with pytest.raises(EncryptionError, match="altered or moved"):
        key_ring().decrypt(stored, "cases.case.note")


def test_an_altered_value_does_not_open():
    stored = key_ring().encrypt("5314021203709001", "x")
    flipped = stored[:-6] + ("A" if stored[-6] != "A" else "B") + stored[-5:]
    with pytest.raises(EncryptionError):
        key_ring().decrypt(flipped, "x")


def test_an_unknown_key_is_named():
    with pytest.raises(EncryptionError, match="k9"):
        key_ring().decrypt("k9:AAAA", "x")


def test_an_old_key_still_opens_after_a_new_one_took_over(tmp_path):
    path = tmp_path / "keys.json"
    new_key_file(path)
    stored = encryption._load(path).encrypt("rahasia", "x")
    content = json.loads(path.read_text())
    content["keys"]["k2"], content["current"] = encryption._random_key(32), "k2"
    path.write_text(json.dumps(content))
    encryption._load.cache_clear()
    ring = encryption._load(path)
    assert ring.decrypt(stored, "x") == "rahasia"
    assert ring.encrypt("rahasia", "x").startswith("k2:")


def test_a_key_file_is_for_its_owner_and_never_replaced(tmp_path):
    path = tmp_path / "keys.json"
    new_key_file(path)
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        new_key_file(path)


def test_a_missing_key_file_says_what_to_do(settings, tmp_path):
    settings.KEY_FILE = tmp_path / "none.json"
    with pytest.raises(EncryptionError, match="restore it from its backup"):
        key_ring()
