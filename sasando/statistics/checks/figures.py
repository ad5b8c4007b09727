"""One number in several places: text against table, table against table, counts against lists of names."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from sasando.base.checks import Finding, Severity
from sasando.statistics.checks.arithmetic import Agreement, agreement, shown
from sasando.statistics.checks.percents import TEXT, number_of, text_name
from sasando.statistics.checks.printed import Place, at, is_number, printed_table, table_name
from sasando.statistics.checks.rulebook import rules
from sasando.statistics.checks.wording import in_language, say
from sasando.statistics.results import YearView

TEXT_CHECK = "text-against-table"
TWO_TABLES = "figure-in-two-tables"
MIXED = "unlike-things-added"

RECORDS = {"id": "catatan", "en": "the records"}


def _places(view: YearView, group: Mapping[str, object]) -> list[Place]:
    found = [at(view, reference) for reference in group.get("cells", ())]
    return [place for place in found if place is not None and place.value is not None]


def _same(printed: str | None, value: Decimal | int, other: Decimal | int) -> bool:
    if printed is None:
        return value == other
    return agreement(printed, Decimal(value), other) == Agreement.SAME


def text_against_tables(view: YearView) -> Iterator[Finding]:
    """A number in running text against the tables that hold it; against the records where those differ."""
    for group in rules().get("figures", ()):
        figure = view.text_figures.get(group.get("text", ""))
        value = number_of(figure)
        if value is None:
            continue
        differing = [place for place in _places(view, group) if not _same(figure.printed, value, place.value)]
        seen: list[Decimal | int] = []
        for place in differing:
            if place.value not in seen:
                seen.append(place.value)
                yield _text_finding(view, group, figure, place.value, table_name(view, place.table))
        computed = view.figures.get(group.get("figure", ""))
        agrees_with_a_table = len(differing) < len(_places(view, group))
        if computed is None or not is_number(computed.value) or computed.value in seen:
            continue
        if (differing or not agrees_with_a_table) and not _same(figure.printed, value, computed.value):
            yield _text_finding(view, group, figure, computed.value, RECORDS)


def _text_finding(view, group, figure, computed, other) -> Finding:
    return Finding(
        TEXT_CHECK,
        Severity.ERROR,
        TEXT,
        figure.key,
        "value",
        figure.printed,
        shown(computed),
        say(
            "{text}: {title} tercetak {printed}, padahal menurut {other} {computed}.",
            "{text}: {title} is printed as {printed}, but by {other} it is {computed}.",
            text=text_name(figure),
            title=group["title"],
            printed=figure.printed,
            other=other,
            computed=computed,
        ),
    )


def same_figure_in_two_tables(view: YearView) -> Iterator[Finding]:
    """The same number in two tables, and in a table that does not count the records behind the figure itself."""
    for group in rules().get("figures", ()):
        places = _places(view, group)
        for place in places[1:]:
            first = places[0]
            if place.table != first.table and not _same(place.printed, place.value, first.value):
                yield _two_tables(view, group, place, first.value, table_name(view, first.table))
        figure = view.figures.get(group.get("figure", ""))
        for place in places if figure and is_number(figure.value) else ():
            if not _counts_the_same_records(view, place, figure.value) and place.value != figure.value:
                yield _two_tables(view, group, place, figure.value, RECORDS)


def _counts_the_same_records(view: YearView, place: Place, value: Decimal | int) -> bool:
    """Whether the computed table of the same id has the figure's value: then comparing with it speaks for this cell."""
    result = view.tables.get(place.table)
    if result is None or place.printed is None:
        return False
    computed = [*result.totals.values(), *(cell for row in result.rows for cell in row.values())]
    return value in [cell for cell in computed if is_number(cell)]


def _two_tables(view, group, place, computed, other) -> Finding:
    return Finding(
        TWO_TABLES,
        Severity.ERROR,
        place.table,
        place.row,
        place.column,
        place.printed,
        shown(computed),
        say(
            "{table}, {row}: {title} {value}, padahal menurut {other} {computed}.",
            "{table}, {row}: {title} {value}, but by {other} it is {computed}.",
            table=table_name(view, place.table),
            row=place.row,
            title=group["title"],
            value=place.printed or place.value,
            other=other,
            computed=computed,
        ),
    )


def counts_of_listed_rows(view: YearView) -> Iterator[Finding]:
    """A table that counts what another lists by name: each printed count against the names."""
    for rule in rules().get("counted_lists", ()):
        counts, names = printed_table(view, rule["table"]), printed_table(view, rule["list"])
        if not counts or not names:
            continue
        for row in counts.body:
            listed = [name for name in names.body if name.text(rule["by"]) == row.text(rule["by"])]
            for column in rule["columns"]:
                number = sum(name.text(rule["kind"]) == column for name in listed)
                if row.number(column) is not None and row.number(column) != number:
                    yield counts.finding(
                        TWO_TABLES,
                        Severity.ERROR,
                        row,
                        column,
                        "{table}, baris {row}: {column} tercetak {printed}, padahal {other} menyebut"
                        " {computed} nama.",
                        "{table}, row {row}: {column} is printed as {printed}, but {other} names {computed}.",
                        computed=number,
                        other=names.name,
                    )


def unlike_things_added(view: YearView) -> Iterator[Finding]:
    """A number in running text that is the sum of columns of which only one counts what the text says."""
    for rule in rules().get("mixed_counts", ()):
        figure = view.text_figures.get(rule["text"])
        value = number_of(figure)
        parts = {column: at(view, {"table": rule["table"], "column": column}) for column in rule["columns"]}
        if value is None or None in parts.values() or parts[rule["meant"]].value == value:
            continue
        if sum(Decimal(place.value) for place in parts.values()) != value:
            continue
        printed = printed_table(view, rule["table"])
        names = {
            column: printed.column_name(column) if printed else {"id": column, "en": column}
            for column in parts
        }
        yield Finding(
            MIXED,
            Severity.WARNING,
            rule["table"],
            parts[rule["meant"]].row,
            rule["meant"],
            figure.printed,
            shown(parts[rule["meant"]].value),
            say(
                "{table} dan {text}: {printed} adalah jumlah {parts}; {why} ({meant}).",
                "{table} and {text}: {printed} is the sum of {parts}; {why} ({meant}).",
                table=table_name(view, rule["table"]),
                text=text_name(figure),
                printed=figure.printed,
                parts={
                    language: " + ".join(
                        f"{in_language(place.value, language)} {names[column][language]}"
                        for column, place in parts.items()
                    )
                    for language in ("id", "en")
                },
                why=rule["why"],
                meant=parts[rule["meant"]].value,
            ),
        )
