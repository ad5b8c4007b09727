"""Posts against the printed count of those who hold them, and degrees that a table of education hides."""

import re
from collections.abc import Iterator

from sasando.base.checks import Finding, Severity
from sasando.statistics.checks.printed import printed_table
from sasando.statistics.checks.rulebook import rules
from sasando.statistics.results import YearView

POSTS = "posts-vacant"
EDUCATION = "education-level-hidden"


def posts_against_staff(view: YearView) -> Iterator[Finding]:
    """Structural posts of the office, by echelon, against the printed number of people in that kind of post."""
    rule = rules()["posts"]
    printed = printed_table(view, rule["table"])
    if not printed or view.facts is None:
        return
    posts = view.facts.rows("SELECT echelon, filled FROM posts")
    for label, echelons in rule["rows"].items():
        row = printed.find(label)
        held = row.number(rule["column"]) if row else None
        those = [post for post in posts if _stands_in(str(post["echelon"] or ""), echelons)]
        if held is None or not those or len(those) == held:
            continue
        filled = sum(bool(post["filled"]) for post in those)
        yield printed.finding(
            POSTS,
            Severity.WARNING if len(those) > held else Severity.ERROR,
            row,
            rule["column"],
            "{table}, {row}: tercetak {printed} pejabat, sedangkan struktur organisasi memuat {computed}"
            " jabatan"
            " ({filled} terisi menurut catatan); {vacant} jabatan lowong.",
            "{table}, {row}: {printed} holders are printed, but the structure has {computed} posts"
            " ({filled} filled on record); {vacant} posts are vacant.",
            computed=len(those),
            filled=filled,
            vacant=len(those) - held,
        )


def _stands_in(echelon: str, starts: list[str]) -> bool:
    return any(echelon == start or echelon.startswith(start + ".") for start in starts)


def education_levels_hidden(view: YearView) -> Iterator[Finding]:
    """A degree in the text higher than any column of the staff table: its holder is counted under a lower level."""
    rule = rules()["education"]
    printed = printed_table(view, rule["table"])
    figure = view.text_figures.get(rule["text"])
    row = printed.find(rule["row"]) if printed else None
    if row is None or figure is None:
        return
    degrees = {_plain(degree) for degree in re.split(r"[,;]", figure.printed)}
    level = next(
        (level for level, names in rule["degrees"].items() if degrees & {_plain(name) for name in names}),
        None,
    )
    counted = next((name for name, column in rule["columns"].items() if row.number(column)), None)
    if level is None or counted is None or level in rule["columns"]:
        return
    column = rule["columns"][counted]
    yield printed.finding(
        EDUCATION,
        Severity.INFO,
        row,
        column,
        "{table}, {row}: bergelar {degrees} ({computed}, {where}), tetapi dihitung pada kolom {counted};"
        " tabel tidak punya"
        " kolom {computed}.",
        "{table}, {row}: holds {degrees} ({computed}, {where}), but is counted in column {counted}; the"
        " table has no"
        " column {computed}.",
        computed=level,
        degrees=figure.printed,
        where=figure.where,
        counted=counted,
    )


def _plain(degree: str) -> str:
    return degree.replace(".", "").replace(" ", "").casefold()
