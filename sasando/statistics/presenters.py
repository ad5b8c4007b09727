"""Tables, figures, maps and findings ready to print, no more of them than the reader may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, npgettext

from sasando.base.checks import Finding
from sasando.base.facts import Fact
from sasando.base.permissions import Permission
from sasando.base.privacy import Privacy
from sasando.base.reader import Reader, Scope
from sasando.base.templatetags import formats
from sasando.lib.errors import ReasonedError
from sasando.office.models import Unit
from sasando.office.presenters import spoken
from sasando.places.models import Level
from sasando.places.queries import Atlas
from sasando.statistics import maps, queries
from sasando.statistics.collection import SECTION, Duty, by_state, overdue
from sasando.statistics.downloads import Sheet
from sasando.statistics.filling import (
    MOST_INPUTS,
    FillColumn,
    Grid,
    columns_of,
    counted,
    fates,
    filled_rows,
    packed,
)
from sasando.statistics.forms import LABELS as LABEL_ROLES
from sasando.statistics.forms import MEASURES, SEVERITIES, FillForm, FindingFilter, MeasureForm, RecordsForm
from sasando.statistics.models import CellState, Snapshot, TaskState
from sasando.statistics.results import (
    Basis,
    FigureValue,
    ReportedCellView,
    ReportedTableView,
    Role,
    Sensitivity,
    TableColumn,
    TableResult,
    Value,
    YearView,
)
from sasando.statistics.specs import TableSpec

KINDS = {Role.COUNT: "number", Role.NUMBER: "number", Role.AMOUNT: "rupiah", Role.PERCENT: "percent"}
DISTRICT = "district"
"""Key of the column that holds a district's official name; such a table can be drawn as a map."""

TOLD_DAYS = 60
"""Days up to which lateness is counted out; after them it is only said."""

MOST_BARS = 25
BESIDE = 5
"""Columns up to which a table has room beside its drawing."""

UNIT_NAMES = {
    "family": lambda count: npgettext("unit", "family", "families", count),
    "person": lambda count: npgettext("unit", "person", "persons", count),
    "village": lambda count: npgettext("unit", "village", "villages", count),
    "district": lambda count: npgettext("unit", "district", "districts", count),
    "group": lambda count: npgettext("unit", "group", "groups", count),
    "organisation": lambda count: npgettext("unit", "organisation", "organisations", count),
    "post": lambda count: npgettext("unit", "post", "posts", count),
    "family-month": lambda count: npgettext("unit", "monthly payment", "monthly payments", count),
    "objective": lambda count: npgettext("unit", "objective", "objectives", count),
    "indicator": lambda count: npgettext("unit", "indicator", "indicators", count),
    "child": lambda count: npgettext("unit", "child", "children", count),
}


def language() -> str:
    """The language of titles and sentences on this page: "id" or "en"."""
    return "en" if formats.language().startswith("en") else "id"


def title_of(thing: TableResult | FigureValue | TableColumn) -> str:
    """The title in the reader's language."""
    return thing.title[language()]


# what the reader may see


def in_full(reader: Reader, table: TableResult) -> bool:
    """Whether the reader sees all cells; of a sensitive table others see the regency's total only."""
    return table.sensitivity != Sensitivity.SENSITIVE or reader.may(Permission.SEE_SENSITIVE_STATISTICS)


def seen_by(reader: Reader, table: TableResult) -> TableResult:
    """The table as the reader may see it."""
    return table if in_full(reader, table) else replace(table, rows=())


def findings_seen_by(reader: Reader, view: YearView, findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that would tell cells of a table which the reader sees only as a total."""
    hidden = {table.id for table in view.tables.values() if not in_full(reader, table)}
    return [finding for finding in findings if finding.table not in hidden]


def fact_of(table: TableResult) -> Fact | None:
    """The fact whose records the table's cells count, as its room declares it."""
    return queries.facts_by_name().get(table.fact)


def may_open(reader: Reader, table: TableResult) -> bool:
    """Whether cells of the table lead this reader to records."""
    return is_drillable(table) and in_full(reader, table) and reader.may(fact_of(table).permission)


def is_drillable(table: TableResult) -> bool:
    """Whether cells lead anybody to records."""
    return (
        table.basis == Basis.RECORDS
        and fact_of(table) is not None
        and any(column.records is not None for column in table.columns)
    )


def whom_to_ask(reader: Reader, table: TableResult) -> str:
    """A sentence for a reader who may not open the records; nothing where there are none to open, or secret ones."""
    fact = fact_of(table)
    if not is_drillable(table) or fact.privacy == Privacy.SECRET:
        return ""
    return queries.explain_access(reader, fact)


# a year


def about(snapshot: Snapshot | None, view: YearView) -> list[dict]:
    """Which data the page shows: of which day, by whom sealed."""
    if snapshot is None:
        state = {"term": _("Sealed"), "text": _("not yet"), "note": _("Shown is what was reported.")}
    else:
        state = {
            "term": _("Sealed"),
            "text": _("%(day)s by %(name)s")
            % {"day": formats.day(timezone.localdate(snapshot.sealed_at)), "name": snapshot.sealed_by_name},
            "note": f"sha256:{snapshot.digest[:12]}…",
        }
    return [
        {"term": _("Data as of"), "text": formats.day(view.as_of)},
        {"term": _("Places as of"), "text": formats.day(view.places_as_of)},
        state,
    ]


def year_links(years: Sequence[int], year: int, url_name: str) -> list[dict]:
    """The same page of other years."""
    return [
        {"label": str(each), "url": reverse(url_name, args=[each])}
        if each != year
        else {"label": f"{each} ✓"}
        for each in years
    ]


def table_list(view: YearView, duties: Mapping[str, object], findings: Iterable[Finding]) -> dict:
    """The year's tables with basis, owning unit, and how many findings each has."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.table] = counts.get(finding.table, 0) + 1
    rows = []
    for table in view.tables.values():
        duty = duties.get(table.id)
        rows.append(
            [
                {"text": title_of(table), "url": reverse("statistics:table", args=[view.year, table.id])},
                basis_word(table.basis),
                unit_name(duty.task.unit) if duty else "",
                {"text": counts[table.id], "url": _findings_url(view.year, table.id)}
                if table.id in counts
                else "",
            ]
        )
    columns = [
        {"label": _("Table"), "heading": True},
        {"label": _("Basis")},
        {"label": _("Unit")},
        {"label": _("Notes on inconsistent data"), "kind": "number"},
    ]
    return {"columns": columns, "rows": rows}


def basis_word(basis: str) -> str:
    """The basis in one word."""
    return {
        Basis.RECORDS: _("Records"),
        Basis.REPORTED: _("Reported"),
        Basis.MANUAL: _("Manual"),
    }[Basis(basis)]


def _findings_url(year: int, table_id: str) -> str:
    return f"{reverse('statistics:findings', args=[year])}?{urlencode({'table': table_id})}"


def figure_cards(view: YearView, ids: Iterable[str] | None = None) -> list[dict]:
    """Key figures as cards; those without a value last, for they still have to come."""
    wanted = view.figures.values() if ids is None else [view.figures[i] for i in ids if i in view.figures]
    cards = [figure_card(view, figure) for figure in wanted]
    return sorted(cards, key=lambda card: card["value"] is None)


def figure_card(view: YearView, figure: FigureValue) -> dict:
    """One figure: value with unit, definition or reason, basis."""
    note = figure.definition.get(language(), "") if figure.definition else ""
    return {
        "label": title_of(figure),
        "value": figure_text(figure.value, figure.unit),
        "note": note or figure.reason,
        "basis": str(figure.basis),
    }


def figure_text(value: int | Decimal | None, unit: str) -> str | None:
    """A value with its unit as it is printed; None stays None."""
    if value is None:
        return None
    if unit == "IDR":
        return formats.rupiah(int(value))
    if unit == "%":
        return formats.percent(value)
    text = formats.number(value)
    return f"{text} {unit_word(unit, value)}".strip()


def unit_word(unit: str, count: int | Decimal = 2) -> str:
    """A unit in the reader's language."""
    known = UNIT_NAMES.get(unit)
    return known(int(count)) if known else unit


# one table


def table_context(
    reader: Reader, view: YearView, table: TableResult, measure_form: MeasureForm | None, atlas: Atlas
) -> dict:
    """The table with its drawing, as the reader may see both."""
    seen = seen_by(reader, table)
    drawing = _drawing(view, seen, measure_form.column, atlas) if measure_form and seen.rows else {}
    numbers = drawing.pop("numbers", {})
    columns = [_column(column, column == heading_of(table)) for column in table.columns]
    opens = may_open(reader, table)
    rows = [_row(view, table, row, opens) for row in seen.rows]
    totals = _totals(view, table, opens) if table.totals else None
    if numbers and not any(column.role == Role.ORDINAL for column in table.columns):
        columns.insert(0, {"label": _("Map"), "kind": "number"})
        for cells, row in zip(rows, seen.rows, strict=True):
            cells.insert(0, numbers.get(row[DISTRICT], ""))
        if totals:
            totals = [totals[0], "", *totals[1:]]
    return {
        "columns": columns,
        "rows": rows,
        "totals": totals,
        "only_total": not in_full(reader, table),
        "opens": opens,
        "beside": len(columns) <= BESIDE,
        **drawing,
    }


def measures(table: TableResult) -> list[TableColumn]:
    """The columns worth drawing: counts and amounts (a column of totals first), else percentages."""
    counted = [column for column in table.columns if column.role in MEASURES]
    counted.sort(key=lambda column: column.key != "total")
    return counted or [column for column in table.columns if column.role == Role.PERCENT]


def heading_of(table: TableResult) -> TableColumn | None:
    """The label column that names a row: the one with most different texts, of equals the one with longer texts."""
    labels = [column for column in table.columns if column.role == Role.LABEL]

    def telling(column: TableColumn) -> tuple[int, int]:
        texts = {str(row[column.key]) for row in table.rows if row[column.key] is not None}
        return len(texts), sum(map(len, texts))

    return max(labels, key=telling, default=None)


def _column(column: TableColumn, heading: bool) -> dict:
    return {"label": title_of(column), "kind": KINDS.get(column.role, "text"), "heading": heading}


def _row(view: YearView, table: TableResult, row: Mapping[str, Value], opens: bool) -> list:
    cells = []
    for column in table.columns:
        value = row[column.key]
        if opens and column.records is not None and value:
            cells.append({"text": value, "url": records_url(view.year, table, row, column.key)})
        elif column.role in LABEL_ROLES:
            cells.append("" if value is None else str(value))
        else:
            cells.append(value)
    return cells


def _totals(view: YearView, table: TableResult, opens: bool) -> list:
    cells: list = []
    for column in table.columns:
        value = table.totals.get(column.key, "")
        if opens and column.records is not None and isinstance(value, int) and value:
            value = {"text": value, "url": records_url(view.year, table, None, column.key)}
        cells.append(value)
    if table.columns[0].role in LABEL_ROLES:
        cells[0] = _("Total")
    return cells


def records_url(year: int, table: TableResult, row: Mapping[str, Value] | None, column: str) -> str:
    """The page with the records behind a cell; `row` None: behind the total."""
    query = {"column": column}
    for each in table.columns:
        if row and each.role in LABEL_ROLES and row[each.key] is not None:
            query[RecordsForm.field_name(each.key)] = str(row[each.key])
    return f"{reverse('statistics:records', args=[year, table.id])}?{urlencode(query)}"


def _drawing(view: YearView, table: TableResult, measure: TableColumn, atlas: Atlas) -> dict:
    title = f"{title_of(table)}: {title_of(measure)}"
    if measure.role in MEASURES and any(column.key == DISTRICT for column in table.columns):
        found = _map(table, measure, atlas)
        if found:
            return found | {"drawing_title": title}
    return {
        "bars": _bars(table, measure),
        "drawing_title": title,
        "bars_left_out": len(table.rows) - MOST_BARS,
    }


def _map(table: TableResult, measure: TableColumn, atlas: Atlas) -> dict | None:
    """The map of a table with districts; None where the districts are not this office's or have no coordinates."""
    spots = {spot.name: spot for spot in atlas.at_level(Level.DISTRICT)}
    values: dict[int, object] = {}
    numbers: dict[int, str] = {}
    shown: dict[str, int] = {}
    ordinal = next((column.key for column in table.columns if column.role == Role.ORDINAL), None)
    for row in table.rows:
        spot = spots.get(row[DISTRICT])
        if spot is None:
            continue
        before, value = values.get(spot.id), row[measure.key]
        values[spot.id] = before if value is None else (before or 0) + value
        mark = str(row[ordinal]) if ordinal else str(len(numbers) + 1)
        numbers.setdefault(spot.id, mark)
        shown.setdefault(spot.name, int(numbers[spot.id]) if numbers[spot.id].isdigit() else numbers[spot.id])
    if not values:
        return None
    problem = ""
    try:
        drawing = maps.draw(values, numbers, atlas)
    except ReasonedError as error:
        problem = _(error.template) % error.values
        drawing = maps.draw_circles(values, numbers, atlas)
    if drawing is None:
        return {"map_problem": problem, "bars": _bars(table, measure)} if problem else None
    kind = KINDS.get(measure.role, "number")
    legend = [
        {
            "shade": shade.number,
            "range": _range(shade.lowest, shade.highest, kind),
            "areas": [{"number": a.number, "name": a.name} for a in shade.areas],
        }
        for shade in reversed(drawing.shades)
    ]
    areas = [{"area": area, "text": formats_of(kind)(area.value)} for area in drawing.areas]
    return {
        "map": drawing,
        "map_areas": areas,
        "map_legend": legend,
        "map_problem": problem,
        "numbers": shown,
        "map_description": _("Districts in shades by %(measure)s; the table beside it gives every figure.")
        % {"measure": title_of(measure)},
    }


def _range(lowest: object, highest: object, kind: str) -> str:
    write = formats_of(kind)
    return write(lowest) if lowest == highest else f"{write(lowest)} – {write(highest)}"


def formats_of(kind: str):
    """The function that prints values of a column's kind."""
    return {"rupiah": formats.rupiah, "percent": formats.percent}.get(kind, formats.number)


def _bars(table: TableResult, measure: TableColumn) -> list[dict]:
    heading = heading_of(table)
    write = formats_of(KINDS.get(measure.role, "number"))
    bars = [
        {
            "label": str(row[heading.key] if heading and row[heading.key] is not None else _("not named")),
            "value": row[measure.key],
            "text": "—" if row[measure.key] is None else write(row[measure.key]),
        }
        for row in table.rows
    ]
    if len(bars) > MOST_BARS:
        bars = sorted(bars, key=lambda bar: -(bar["value"] or 0))[:MOST_BARS]
    return bars


def reported_context(reported: ReportedTableView, table: TableResult | None) -> dict:
    """A reported table as it was printed; cells that could not be read say why."""
    titles = {column.key: title_of(column) for column in table.columns} if table else {}
    heading = heading_of(table) if table else None
    columns = [
        {"label": titles.get(key, key), "heading": bool(heading and heading.key == key)}
        for key in reported.columns
    ]
    rows = []
    for row in reported.rows:
        cells = []
        for key in reported.columns:
            cell = row.get(key)
            if cell is None:
                cells.append("")
            elif cell.state in ("refused", "unknown") and cell.printed:
                cells.append({"text": cell.printed, "note": _(cell.reason) if cell.reason else ""})
            else:
                cells.append(cell.printed)
        rows.append(cells)
    return {"columns": columns, "rows": rows, "document": reported.document}


def sheet_of(reader: Reader, view: YearView, table: TableResult, snapshot: Snapshot | None) -> Sheet:
    """The table as a file: no more than the reader sees, with what it is, of which day, and that it is no edition."""
    seen = seen_by(reader, table)
    first = [_("Total")] if table.columns[0].role in LABEL_ROLES else []
    totals = [table.totals.get(column.key) for column in table.columns]
    return Sheet(
        name=f"{table.id}-{view.year}",
        title=f"{title_of(table)}, {view.year}",
        notes=file_notes(
            view, snapshot, rows=_rows_note(reader, table), source=table.source, basis=table.basis
        ),
        heads=[title_of(column) for column in table.columns],
        roles=[column.role for column in table.columns],
        rows=[[row[column.key] for column in table.columns] for row in seen.rows],
        totals=[*first, *totals[len(first) :]] if table.totals else None,
    )


def _rows_note(reader: Reader, table: TableResult) -> str:
    return _("all rows") if in_full(reader, table) else _("the regency's total only")


def file_notes(
    view: YearView, snapshot: Snapshot | None, *, rows: str, source: str = "", basis: str = ""
) -> list[str]:
    """The lines at the top of a file: filter, day, basis, source, and what kind of edition it is."""
    sealed = (
        _("Sealed data sha256:%(digest)s; not a published edition.") % {"digest": snapshot.digest}
        if snapshot
        else _("Draft, not sealed; not a published edition.")
    )
    return [
        _("Filter: %(rows)s") % {"rows": rows},
        _("Data as of %(day)s, places as of %(places)s")
        % {"day": formats.day(view.as_of), "places": formats.day(view.places_as_of)},
        *([_("Basis: %(basis)s") % {"basis": basis_word(basis)}] if basis else []),
        *([_("Source: %(source)s") % {"source": source}] if source else []),
        _("Edition: internal.") + " " + sealed,
    ]


# records behind a cell


def cell_words(
    view: YearView, table: TableResult, row: Mapping[str, Value] | None, column: str
) -> list[dict]:
    """Which cell it is, in words."""
    found = table.column(column)
    labels = [column for column in table.columns if column.role in LABEL_ROLES]
    words = [
        {"term": title_of(each), "text": str(row[each.key])}
        for each in labels
        if row and row[each.key] is not None
    ]
    value = row[column] if row else table.totals.get(column)
    kind = KINDS.get(found.role, "number")
    return [
        *(words or [{"term": _("Row"), "text": _("Total")}]),
        {"term": title_of(found), "text": formats_of(kind)(value)},
        {"term": _("Data as of"), "text": formats.day(view.as_of)},
    ]


# findings


PAPERS = {
    "figures_in_text": gettext_lazy("Numbers in the text"),
    "place_names_printed": gettext_lazy("Printed place names"),
}
"""What findings name that is no table of the book."""


def finding_items(view: YearView, findings: Sequence[Finding]) -> list[dict]:
    """Findings one by one: weight, where, the sentence."""
    items = []
    for finding in findings:
        table = view.tables.get(finding.table)
        items.append(
            {
                "severity": str(finding.severity),
                "weight": SEVERITIES[finding.severity],
                "title": title_of(table) if table else PAPERS.get(finding.table, finding.table),
                "url": reverse("statistics:table", args=[view.year, table.id]) if table else "",
                "place": _place_in(finding, table),
                "text": finding.message.in_language(language()),
            }
        )
    return items


def _place_in(finding: Finding, table: TableResult | None) -> str:
    titles = {column.key: title_of(column) for column in table.columns} if table else {}
    return ", ".join(part for part in (finding.row, titles.get(finding.column, finding.column)) if part)


def findings_sheet(
    view: YearView, snapshot: Snapshot | None, findings: Sequence[Finding], rows: str
) -> Sheet:
    """The findings as a file."""
    titles = {table.id: title_of(table) for table in view.tables.values()}
    return Sheet(
        name=f"findings-{view.year}",
        title=_("Notes on inconsistent data, %(year)s") % {"year": view.year},
        notes=file_notes(view, snapshot, rows=rows),
        heads=[_("Weight"), _("Table"), _("Row"), _("Column"), _("Printed"), _("Computed"), _("Sentence")],
        roles=[Role.LABEL] * 7,
        rows=[
            [
                str(SEVERITIES[f.severity]),
                titles.get(f.table, f.table),
                f.row,
                f.column,
                f.printed or "",
                "" if f.computed is None else str(f.computed),
                f.message.in_language(language()),
            ]
            for f in findings
        ],
    )


def finding_summary(findings: Sequence[Finding]) -> str:
    """How many of each weight, in one line."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return " · ".join(f"{formats.number(count)} {SEVERITIES[severity]}" for severity, count in counts.items())


def filter_words(form: FindingFilter) -> str:
    """The filter in force, in words."""
    if not form.is_valid():
        return _("all")
    chosen = [
        str(dict(form.fields[name].choices)[value]) for name, value in form.cleaned_data.items() if value
    ]
    return ", ".join(chosen) or _("all")


def records_context(behind: queries.RecordsBehind) -> dict:
    """One page of the records behind a cell."""
    headings = behind.page.headings
    columns = [{"label": heading, "heading": index == 0} for index, heading in enumerate(headings)]
    rows = []
    for url, texts in behind.page.rows:
        first, *others = texts
        rows.append([{"text": first, "url": url} if url else first, *others])
    return {
        "columns": columns,
        "rows": rows,
        "scope_note": _("%(seen)s of %(total)s records lie in your scope.")
        % {"seen": formats.number(behind.in_scope), "total": formats.number(behind.total)},
        "pages": Paginator(range(behind.in_scope), queries.PAGE_SIZE).get_page(behind.number),
    }


# the collection board


def unit_name(unit: Unit) -> str:
    """The unit's name in the reader's language."""
    return spoken(unit.name, unit.name_en)


def task_title(view: YearView, table_id: str, unit_name: str) -> str:
    """What a task is called: the table's title, or the unit whose text it is."""
    if table_id.startswith(SECTION):
        return _("Text of the year: %(unit)s") % {"unit": unit_name}
    table = view.tables.get(table_id)
    return title_of(table) if table else table_id


def board_context(reader: Reader, view: YearView, duties: Sequence[Duty]) -> dict:
    """The board: one row a table or section, with what the reader may do there."""
    hands_in = reader.scope(Permission.HAND_IN_TABLES)
    verifies = reader.scope(Permission.VERIFY_TABLES)
    rows = []
    for duty in duties:
        task = duty.task
        address = [view.year, task.table_id]
        name = {"text": task_title(view, task.table_id, unit_name(task.unit))}
        if not duty.is_section and task.table_id in view.tables:
            name["url"] = reverse("statistics:table", args=address)
        step: object = ""
        if duty.state == TaskState.HANDED_IN and _covers(verifies, task.unit_id) and not _own(reader, duty):
            step = {"text": _("Verify"), "url": reverse("statistics:verify", args=address)}
        elif duty.state == TaskState.MISSING and _covers(hands_in, task.unit_id):
            step = {"text": _("Hand in"), "url": reverse("statistics:hand_in", args=address)}
        elif _covers(hands_in, task.unit_id):
            step = {"text": _("Change"), "url": reverse("statistics:hand_in", args=address)}
        rows.append(
            [
                name,
                {"text": str(TaskState(duty.state).label), "note": state_note(duty)},
                {"text": task.due_on, "note": late_words(duty)},
                step,
                unit_name(task.unit),
                "" if duty.is_section else basis_word(task.basis),
            ]
        )
    columns = [
        {"label": _("Table or section"), "heading": True},
        {"label": _("State")},
        {"label": _("Due on"), "kind": "day"},
        {"label": _("Next step"), "kind": "day"},
        {"label": _("Unit")},
        {"label": _("Basis")},
    ]
    return {"columns": columns, "rows": rows, "cards": board_cards(duties)}


def board_cards(duties: Sequence[Duty]) -> list[dict]:
    """How many stand where, as cards; none for an empty board."""
    counts, late = by_state(duties), overdue(duties)
    cards = [
        {"label": str(TaskState(state).label), "value": formats.number(count)}
        for state, count in counts.items()
    ]
    if late:
        cards[0] |= {"trend_text": _("%(count)s of them late") % {"count": late}, "tone": "bad"}
    return cards if duties else []


def late_words(duty: Duty) -> str:
    """By how much a task is or was late; nothing when it is in time."""
    if not duty.is_late:
        return ""
    if duty.days_late > TOLD_DAYS:
        return _("late")
    days = ngettext("%(count)s day", "%(count)s days", duty.days_late) % {"count": duty.days_late}
    return (_("%(days)s late") if duty.state == TaskState.MISSING else _("came %(days)s late")) % {
        "days": days
    }


def state_note(duty: Duty) -> str:
    """Who set the state, and when; why it was sent back."""
    if duty.latest is None:
        return ""
    who = f"{duty.latest.set_by_name}, {formats.day(timezone.localdate(duty.latest.set_at))}"
    return _("sent back: %(who)s") % {"who": who} if duty.state == TaskState.MISSING else who


def duty_context(view: YearView, duty: Duty) -> dict:
    """A task's page: what it is, where it stands, what was written."""
    task, written = duty.task, duty.handed_in
    table = view.tables.get(task.table_id)
    state = str(TaskState(duty.state).label)
    items = [
        {"term": _("Unit"), "text": unit_name(task.unit)},
        {"term": _("Due on"), "text": formats.day(task.due_on), "note": late_words(duty)},
        {"term": _("State"), "text": state, "note": state_note(duty)},
    ]
    if table:
        size = ngettext("%(count)s row", "%(count)s rows", len(table.rows)) % {"count": len(table.rows)}
        items.append({"term": _("Basis"), "text": basis_word(task.basis), "note": size})
    texts = written and [
        {"term": _("Explanation"), "text": written.explanation},
        {"term": _("Obstacles"), "text": written.obstacles},
        {"term": _("Efforts"), "text": written.efforts},
    ]
    return {
        "duty": duty,
        "task_title": task_title(view, task.table_id, unit_name(task.unit)),
        "items": items,
        "texts": texts,
        "table_url": reverse("statistics:table", args=[view.year, task.table_id]) if table else None,
        "fill_url": reverse("statistics:fill", args=[view.year, task.table_id]) if table else None,
        "is_table": table is not None,
        "address": [view.year, task.table_id],
        "sent_back": duty.sent_back.explanation if duty.sent_back else "",
    }


def grid_context(columns: Sequence[FillColumn], grid: Grid) -> dict:
    """The grid with one input a cell; none where there are too many for a page."""
    if len(grid) * len(columns) > MOST_INPUTS:
        return {"grid": None}
    heads = [column.title[language()] for column in columns]
    rows = [
        {
            "number": number,
            "cells": [
                {
                    "name": FillForm.cell_name(number - 1, at),
                    "label": _("%(column)s, row %(row)s") % {"column": heads[at], "row": number},
                    "text": text,
                    "wide": columns[at].role == Role.LABEL,
                    "mode": "text" if columns[at].is_label else "decimal",
                }
                for at, text in enumerate(row)
            ],
        }
        for number, row in enumerate(grid, 1)
    ]
    return {"grid": {"heads": heads, "rows": rows}}


def preview_context(spec: TableSpec, grid: Grid) -> dict:
    """What each cell of a filled table would come to, and the table to be sent again for storing."""
    rows = filled_rows(spec, grid)
    cells = fates(spec, rows)
    counts = counted(cells)
    columns = [
        {
            "label": column.title[language()],
            "align": "start" if column.is_label else "end",
            "heading": at == 0,
        }
        for at, column in enumerate(columns_of(spec))
    ]
    return {
        "preview": {
            "columns": columns,
            "rows": [[_fate(cell) for cell in row] for row in cells],
            "carried": packed(rows),
            "summary": _("%(numbers)s numbers, %(words)s words, %(unknown)s not known, %(refused)s refused.")
            % {
                "numbers": counts[CellState.NUMBER],
                "words": counts[CellState.ORDINAL],
                "unknown": counts[CellState.UNKNOWN],
                "refused": counts[CellState.REFUSED],
            },
            "refused": counts[CellState.REFUSED],
        }
    }


def _fate(cell: ReportedCellView) -> object:
    if cell.state == CellState.LABEL:
        return cell.printed
    if cell.state == CellState.NUMBER:
        number = formats.number(
            int(cell.value) if cell.value == cell.value.to_integral_value() else cell.value
        )
        return {
            "text": number,
            "note": "" if number == cell.printed else _("from “%(text)s”") % {"text": cell.printed},
        }
    notes = {
        CellState.ORDINAL: _("kept as a word"),
        CellState.UNKNOWN: _("not known"),
        CellState.REFUSED: _("refused: %(reason)s") % {"reason": _(cell.reason) if cell.reason else ""},
    }
    return {"text": cell.printed or "—", "note": notes[cell.state]}


def task_choices(view: YearView, units: Sequence[Unit]) -> list[tuple[str, str]]:
    """What can be assigned: every table, and the text of every unit that is formed."""
    tables = [(table.id, title_of(table)) for table in view.tables.values()]
    sections = [
        (f"{SECTION}{unit.code}", task_title(view, f"{SECTION}{unit.code}", unit_name(unit)))
        for unit in units
        if unit.is_formed
    ]
    return [*tables, *sections]


def unassigned(choices: Sequence[tuple[str, str]], duties: Mapping[str, Duty], year: int) -> list[dict]:
    """The tables nobody owes yet, each with the address that fills the form."""
    url = reverse("statistics:assign", args=[year])
    return [
        {"text": title, "url": f"{url}?{urlencode({'table': table_id})}"}
        for table_id, title in choices
        if table_id not in duties and not table_id.startswith(SECTION)
    ]


def _covers(scope: Scope, unit_id: int) -> bool:
    return scope.all_units or unit_id in scope.unit_ids


def _own(reader: Reader, duty: Duty) -> bool:
    return duty.latest is not None and duty.latest.set_by_id == reader.actor_id
