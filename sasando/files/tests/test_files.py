"""A file is stored once, whole or not at all, and comes back as it was or not at all."""

import os

import pytest

from sasando.base.reader import NamedActor
from sasando.files import actions
from sasando.files.actions import store
from sasando.files.errors import FileAlteredError, FileMissingError, FileNameError
from sasando.files.models import StoredFile
from sasando.files.queries import open_file, path_of, read_file
from sasando.trail.errors import UnnamedActorError
from sasando.trail.models import TrailEntry

BY = NamedActor("Dina")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, db):
    settings.DATA = tmp_path


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def contents(folder):
    return lambda: [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_comes_back_as_it_was():
    stored = store(b"surat keputusan", "SK 12.pdf", by=BY)
    assert (stored.name, stored.content_type, stored.size) == ("SK 12.pdf", "application/pdf", 15)
    assert stored.recorded_by_name == "Dina"
    with open_file(stored) as stream:
        assert stream.read() == b"surat keputusan"


def test_contents_lie_two_folders_deep_under_their_digest(folder, contents):
    stored = store(b"isi", "a.txt", by=BY)
    assert contents() == [folder / stored.digest[:2] / stored.digest[2:4] / stored.digest]


def test_the_same_content_twice_is_stored_once(contents):
    first = store(b"isi", "a.txt", by=BY)
    assert store(b"isi", "b.txt", by=BY) == first
    assert store(b"lain", "a.txt", by=BY) != first
    assert StoredFile.objects.count() == 2
    assert len(contents()) == 2
    assert TrailEntry.objects.filter(action="files.store").count() == 2


def test_an_empty_file_is_a_file():
    assert read_file(store(b"", "kosong.txt", by=BY)) == b""


def test_killed_between_content_and_row_is_harmless(monkeypatch, contents):
    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions, "recorded", killed)
        with pytest.raises(KeyboardInterrupt):
            store(b"isi", "a.txt", by=BY)
    assert not StoredFile.objects.exists()
    assert len(contents()) == 1
    assert read_file(store(b"isi", "a.txt", by=BY)) == b"isi"
    assert len(contents()) == 1


def test_killed_while_writing_leaves_nothing(monkeypatch, contents):
    def full(*args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            store(b"isi", "a.txt", by=BY)
    assert contents() == []
    assert not StoredFile.objects.exists()


def test_an_altered_content_is_detected_and_not_given():
    stored = store(b"Rp1.000.000", "kwitansi.txt", by=BY)
    path_of(stored.digest).write_bytes(b"Rp9.000.000")
    with pytest.raises(FileAlteredError, match=r"kwitansi\.txt"):
        open_file(stored)


def test_a_missing_content_is_named():
    stored = store(b"isi", "a.txt", by=BY)
    path_of(stored.digest).unlink()
    with pytest.raises(FileMissingError, match=stored.digest):
        read_file(stored)


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"rusak")])
def test_storing_again_repairs_a_lost_or_damaged_content(harm):
    stored = store(b"isi", "a.txt", by=BY)
    harm(path_of(stored.digest))
    assert store(b"isi", "a.txt", by=BY) == stored
    assert read_file(stored) == b"isi"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\dina\\foto.jpg", "foto.jpg"),
        ("a\x00b\n.txt", "ab.txt"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("y" * 300, "y" * 200),
    ],
)
def test_names_are_bare_and_short(given, kept):
    assert store(b"isi", given, by=BY).name == kept


@pytest.mark.parametrize("name", ["", "  ", "..", "folder/", "\x00"])
def test_a_file_needs_a_name(name, folder):
    with pytest.raises(FileNameError):
        store(b"isi", name, by=BY)
    assert not folder.exists()


def test_a_file_needs_somebody_who_brought_it():
    with pytest.raises(UnnamedActorError):
        store(b"isi", "a.txt", by=NamedActor(""))
    assert not StoredFile.objects.exists()
