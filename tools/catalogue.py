"""Refreshes the Indonesian catalogue from the source's English texts, and compiles it into the package."""

import os
import sys
import tempfile
from pathlib import Path

import polib

PACKAGE = Path(__file__).parent.parent / "sasando"
CATALOGUE = PACKAGE / "base" / "locale" / "id" / "LC_MESSAGES" / "django.po"

Key = tuple[str, str]


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
                ignore_patterns=["*/tests/*", "*/static/*", "*/migrations/*", "base/locale/*"],
                verbosity=0,
            )
        finally:
            os.chdir(here)
        return polib.pofile(str(Path(folder) / "id" / "LC_MESSAGES" / "django.po"))


def key_of(entry: polib.POEntry) -> Key:
    """What tells texts apart: the English, and the context it was given."""
    return entry.msgctxt or "", entry.msgid


def merge(known: dict[Key, str], texts: polib.POFile) -> polib.POFile:
    """The catalogue of `texts`, translated where a translation is known; what is no longer said falls away."""
    for entry in texts:
        translation = known.get(key_of(entry), "")
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        if entry.msgid_plural:  # Indonesian has one form
            entry.msgstr_plural = {0: translation}
        else:
            entry.msgstr = translation
    texts.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgctxt or ""))
    texts.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "id",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return texts


def translations(path: Path) -> dict[Key, str]:
    """The translations of a catalogue, blank ones left out."""
    found = {key_of(entry): entry.msgstr or entry.msgstr_plural.get(0, "") for entry in _entries(path)}
    return {key: text for key, text in found.items() if text}


def _entries(path: Path) -> polib.POFile | list:
    return polib.pofile(str(path)) if path.exists() else []


def main(further: list[str]) -> None:
    """Refresh and compile; further catalogues on the command line lend their translations."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sasando.config.settings")
    import django  # noqa: PLC0415  after the settings are chosen

    django.setup()
    known: dict[Key, str] = {}
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
