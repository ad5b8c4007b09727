"""Refreshes the translation catalogue from the source, and compiles it into the package."""

import subprocess
import sys
import tempfile
from pathlib import Path

import polib

HERE = Path(__file__).parent.parent / "sasando"
CATALOGUE = HERE / "base" / "locale" / "id" / "LC_MESSAGES" / "django.po"


def extract() -> polib.POFile:
    """Every text of the source, by Django's own extraction, as an untranslated catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        locale = Path(folder) / "locale"
        locale.mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "-l", "id", "--no-location", "--no-wrap"]
        ignore = ["--ignore", "tests/*", "--ignore", "*/static/*"]
        subprocess.run(
            [*command, *ignore, "--keyword=gettext_noop", "--settings=sasando.config.settings"],
            cwd=HERE,
            check=True,
            capture_output=True,
        )
    return polib.pofile(str(CATALOGUE))


def main() -> None:
    """Refresh, report what still lacks a translation, compile."""
    catalogue = extract()
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    catalogue.save()
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries():
        sys.stdout.write(f"untranslated: {entry.msgid}\n")


if __name__ == "__main__":
    main()
