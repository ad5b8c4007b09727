"""Who owes which table, and a table being filled in, ready to print."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sasando.base.permissions import Permission
from sasando.base.reader import Reader, Scope
from sasando.base.templatetags import formats
from sasando.office.models import Unit
from sasando.statistics.counting.specs import TableSpec
from sasando.statistics.forms import FillForm
from sasando.statistics.models import CellState, TaskState
from sasando.statistics.presenters.words import basis_word, language, title_of, unit_name
from sasando.statistics.reporting.collection import SECTION, Duty, by_state, overdue
from sasando.statistics.reporting.filling import (
    MOST_INPUTS,
    FillColumn,
    Grid,
    columns_of,
    counted,
    fates,
    filled_rows,
    packed,
)
from sasando.statistics.results import ReportedCellView, Role, YearView

TOLD_DAYS = 60
"""Days up to which lateness is counted out; after them it is only said."""


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


def _covers(scope: Scope, unit_id: int) -> bool:
    return scope.all_units or unit_id in scope.unit_ids


def _own(reader: Reader, duty: Duty) -> bool:
    return duty.latest is not None and duty.latest.set_by_id == reader.actor_id


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
