"""The two sentences of a finding, with every number written the way each language writes it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from numbers import Rational

from sasando.base.checks import Sentence
from sasando.lib.dates import date_text
from sasando.lib.money import number
from sasando.statistics.checks.arithmetic import shown

Words = Sentence | str | int | Decimal | Fraction | date | Mapping[str, str] | None


def in_language(value: Words, language: str) -> str:
    """A value as a sentence shows it: numbers grouped, two-language texts chosen, texts as they are."""
    if value is None:
        return "?"
    if isinstance(value, Sentence):
        return value.in_language(language)
    if isinstance(value, Mapping):
        return value.get(language, value.get("id", ""))
    if isinstance(value, Decimal | Rational) and not isinstance(value, bool):
        rounded = shown(value)
        if isinstance(rounded, Decimal):
            rounded = rounded.normalize()
        return number(rounded, language)
    return date_text(value, language) if isinstance(value, date) else str(value)


def say(indonesian: str, english: str, **values: Words) -> Sentence:
    """A sentence in both languages from two templates and the same values."""
    return Sentence(
        id=indonesian.format(**{key: in_language(value, "id") for key, value in values.items()}),
        en=english.format(**{key: in_language(value, "en") for key, value in values.items()}),
    )


def listed(items: list[str]) -> str:
    """Some texts joined for a sentence."""
    return ", ".join(items)
