"""Every text has its Indonesian, with the same blanks to fill, and the compiled catalogue is the written one."""

import re
import shutil

import polib
import pytest

from tools.catalogue import CATALOGUE, extract, translations

BLANK = re.compile(r"%\((\w+)\)[sd]|{(\w*)}|%[sd]")


def test_every_text_is_translated():
    if not shutil.which("xgettext"):
        pytest.skip("gettext's programs are not installed, so the source's texts cannot be read out")
    known = translations(CATALOGUE)
    missing = sorted(entry.msgid for entry in extract() if entry.msgid not in known)
    assert not missing, f"Run `make fix`, then translate in {CATALOGUE}: {missing}"


def test_translations_keep_the_blanks():
    for english, indonesian in translations(CATALOGUE).items():
        blanks = lambda text: sorted(match.group() for match in BLANK.finditer(text))
        assert blanks(english) == blanks(indonesian), f"{english!r} and {indonesian!r} have different blanks."


def test_the_compiled_catalogue_is_the_written_one():
    compiled = {entry.msgid: entry.msgstr for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}
    for english, indonesian in translations(CATALOGUE).items():
        assert compiled.get(english, indonesian) == indonesian, (
            "Run `make fix`: the compiled catalogue is older."
        )
    assert len(compiled) >= len(translations(CATALOGUE)) - 5
