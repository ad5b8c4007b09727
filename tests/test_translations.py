"""Every text has its Indonesian, with the same blanks to fill, and the compiled catalogue is the written one."""

import re
import shutil

import polib
import pytest

from tools.catalogue import CATALOGUE, extract, key_of, translations

BLANK = re.compile(r"%\((\w+)\)[sd]|{(\w*)}|%[sd]")


def test_every_text_is_translated():
    if not shutil.which("xgettext"):
        pytest.skip("gettext's programs are not installed, so the source's texts cannot be read out")
    known = translations(CATALOGUE)
    missing = sorted(entry.msgid for entry in extract() if key_of(entry) not in known)
    assert not missing, f"Run `make fix`, then translate in {CATALOGUE}: {missing}"


def test_translations_keep_the_blanks():
    for (_context, english), indonesian in translations(CATALOGUE).items():
        blanks = lambda text: sorted(match.group() for match in BLANK.finditer(text))
        assert blanks(english) == blanks(indonesian), f"{english!r} and {indonesian!r} have different blanks."


def test_the_compiled_catalogue_is_the_written_one():
    written = polib.pofile(str(CATALOGUE))
    compiled = {(e.msgctxt or "", e.msgid): e for e in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}
    for entry in written:
        found = compiled.get(key_of(entry))
        assert found, f"Run `make fix`: {entry.msgid!r} is not in the compiled catalogue."
        assert (found.msgstr, found.msgstr_plural) == (entry.msgstr, entry.msgstr_plural), entry.msgid
