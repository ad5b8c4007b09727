"""The rules of the register, as pure functions."""

from datetime import date

from django.utils.translation import gettext as _

from sasando.lib.dates import age_on


def age(birth_date: date | None, on: date) -> int | None:
    """Full years of age on a day; None where the birth date is not known or lies after the day."""
    return None if birth_date is None or birth_date > on else age_on(birth_date, on)


def category_doubts(
    *,
    min_age: int | None,
    max_age: int | None,
    only_sex: str,
    sex: str,
    birth_date: date | None,
    on: date,
) -> list[str]:
    """What looks odd about a person under a category: age or sex outside its description (Permensos 8/2012, annex).

    A sentence each; empty when nothing does. `min_age` and `max_age` are full years, both included. What is not known
    raises no doubt. A doubt is for a person to look at: the register holds what was found in the field.
    """
    doubts = []
    years = age(birth_date, on)
    if birth_date and birth_date > on:
        doubts.append(_("not yet born on that day"))
    if years is not None and min_age is not None and years < min_age:
        doubts.append(
            _("%(age)s years old, the category begins at %(limit)s") % {"age": years, "limit": min_age}
        )
    if years is not None and max_age is not None and years > max_age:
        doubts.append(
            _("%(age)s years old, the category ends at %(limit)s") % {"age": years, "limit": max_age}
        )
    if sex and only_sex and sex != only_sex:
        doubts.append(_("the category describes the other sex"))
    return doubts
