"""Refreshes the Indonesian catalogue from the source's English texts, and compiles it into the package."""

import os
import sys
import tempfile
from pathlib import Path

import polib

PACKAGE = Path(__file__).parent.parent / "sasando"
CATALOGUE = PACKAGE / "base" / "locale" / "id" / "LC_MESSAGES" / "django.po"


def extract() -> polib.POFile:
    """Every text of the source, by Django's own extraction. Django must be set up; needs gettext's programs."""
    from django.core.management import call_command  # noqa: PLC0415  only once Django is set up
    from django.test import override_settings  # noqa: PLC0415

    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder, override_settings(LOCALE_PATHS=[folder]):
        os.chdir(PACKAGE)
        try:
            call_command(
                "makemessages",
                locale=["id"],
                no_location=True,
                no_wrap=True,
                no_obsolete=True,
                ignore_patterns=["*/tests/*", "*/static/*", "*/migrations/*"],
                verbosity=0,
            )
        finally:
            os.chdir(here)
        return polib.pofile(str(Path(folder) / "id" / "LC_MESSAGES" / "django.po"))


def merge(known: dict[str, str], texts: polib.POFile) -> polib.POFile:
    """The catalogue of `texts`, translated where a translation is known; what is no longer said falls away."""
    for entry in texts:
        entry.msgstr = known.get(entry.msgid, entry.msgstr)
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural or [0], known.get(entry.msgid, ""))
    texts.sort(key=lambda entry: entry.msgid.casefold())
    texts.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "id",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return texts


def translations(path: Path) -> dict[str, str]:
    """The translations of a catalogue: by English text."""
    if not path.exists():
        return {}
    entries = polib.pofile(str(path))
    return {e.msgid: e.msgstr or e.msgstr_plural.get(0, "") for e in entries if e.msgstr or e.msgstr_plural}


def main(further: list[str]) -> None:
    """Refresh and compile; further catalogues on the command line lend their translations."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sasando.config.settings")
    import django  # noqa: PLC0415  after the settings are chosen

    django.setup()
    known = {}
    for path in [*map(Path, further), CATALOGUE]:
        known |= translations(path)
    catalogue = merge(known, extract())
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    for entry in catalogue.untranslated_entries():
        sys.stdout.write(f"untranslated: {entry.msgid!r}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
