"""What is drawn beside a table: its districts as a map, else its rows as bars."""

from django.utils.translation import gettext as _

from sasando.lib.errors import ReasonedError
from sasando.places.models import Level
from sasando.places.queries import Atlas
from sasando.statistics import maps
from sasando.statistics.presenters.words import KINDS, formats_of, title_of
from sasando.statistics.results import MEASURES, Role, TableColumn, TableResult, YearView

DISTRICT = "district"
"""Key of the column that holds a district's official name; such a table can be drawn as a map."""

MOST_BARS = 25


def measures(table: TableResult) -> list[TableColumn]:
    """The columns worth drawing: counts and amounts (a column of totals first), else percentages."""
    counted = [column for column in table.columns if column.role in MEASURES]
    counted.sort(key=lambda column: column.key != "total")
    return counted or [column for column in table.columns if column.role == Role.PERCENT]


def drawing_of(view: YearView, table: TableResult, measure: TableColumn, atlas: Atlas) -> dict:
    """A map where the table names this office's districts and they can be drawn, else bars."""
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
    write = formats_of(KINDS.get(measure.role, "number"))
    legend = [
        {
            "shade": shade.number,
            "range": " – ".join(dict.fromkeys((write(shade.lowest), write(shade.highest)))),
            "areas": [{"number": a.number, "name": a.name} for a in shade.areas],
        }
        for shade in reversed(drawing.shades)
    ]
    areas = [{"area": area, "text": write(area.value)} for area in drawing.areas]
    return {
        "map": drawing,
        "map_areas": areas,
        "map_legend": legend,
        "map_problem": problem,
        "numbers": shown,
        "map_description": _("Districts in shades by %(measure)s; the table beside it gives every figure.")
        % {"measure": title_of(measure)},
    }


def _bars(table: TableResult, measure: TableColumn) -> list[dict]:
    heading = table.heading
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
