"""Fund sources, budget documents with their lines, and what was spent."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sasando.base.bulk import reserve_ids
from sasando.base.importing import ImportReport
from sasando.base.loading import Batch, Loading, Outcome, Row, RowRefused
from sasando.base.reader import Actor
from sasando.budget.errors import NegativeAmountError, RealisationBeforeBudgetError
from sasando.budget.models import BudgetLine, BudgetVersion, FundSource, LineLevel, Realisation
from sasando.budget.rules import differences, is_total, levels_by_depth, parents_of
from sasando.lib.money import rupiah
from sasando.office.models import Unit
from sasando.office.rules import goes_round
from sasando.trail.actions import recorded

Rows = Sequence[Mapping[str, str]]
Options = Mapping[str, Any]

LEVELS = {level.value: level for level in LineLevel} | {
    "jumlah": LineLevel.TOTAL,
    "kelompok": LineLevel.GROUP,
    "kelompok belanja": LineLevel.GROUP,
    "program": LineLevel.PROGRAMME,
    "kegiatan": LineLevel.ACTIVITY,
    "sub kegiatan": LineLevel.ACTIVITY,
}


def report_realisation(
    line: BudgetLine, *, up_to: date, amount_idr: int, by: Actor, note: str = ""
) -> Realisation:
    """What had been spent of a line up to a day; a second report for the same day corrects the first.

    Raises NegativeAmountError, RealisationBeforeBudgetError.
    """
    if amount_idr < 0:
        raise NegativeAmountError(amount_idr)
    if up_to < line.version.adopted_on:
        raise RealisationBeforeBudgetError(line.name, line.version.adopted_on)
    with recorded(
        "budget.report_realisation", by=by, subject=line, up_to=up_to, amount_idr=amount_idr
    ) as entry:
        present = line.realisations.filter(up_to=up_to).first() or Realisation(line=line, up_to=up_to)
        entry.says(before=present.amount_idr)
        _sign(present, by)
        present.amount_idr, present.note = amount_idr, note
        present.save()
    return present


def _sign(record: Realisation, by: Actor) -> None:
    record.recorded_at, record.recorded_by_id = timezone.now(), by.actor_id
    record.recorded_by_name = by.actor_name


# --- files ---


def load_fund_sources(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take the sources of funds. Matched by code; none is ever removed."""
    load = Loading(rows, options)
    with load.attempt(), recorded("budget.load_fund_sources", by=by) as note:
        known = {source.code: source for source in FundSource.objects.all()}
        batch = Batch(load, FundSource)
        for row, entry in load.read_once(_read_fund_source, "code"):
            batch.put(row, entry["code"], known.get(entry["code"]) or FundSource(), entry)
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_fund_source(row: Row) -> dict[str, Any]:
    return {
        "code": row.needed("code", 20),
        "name": row.needed("name", 100),
        "name_en": row.text("name_en", 100),
        "is_office_budget": row.yes("is_office_budget", False),
    }


def load_budget(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take budget documents with ceilings and, where the file has it, what was spent up to a day.

    A document is one fund source, year and day of adoption; these come from the columns or, where they are blank, from
    `options` (`year`, `fund_source`, `document`, `adopted_on`, `up_to`). Lines are matched by code and keep the order
    of the file, which is that of the treasurer's ledger. A blank amount is not known, never zero. What does not add up
    is noted and taken all the same: a budget is stored as it was adopted.
    """
    load = Loading(rows, options)
    with load.attempt(), recorded("budget.load_budget", by=by) as note:
        entries = _number_lines(load, list(load.read(lambda row: _read_line(row, load.options), "name")))
        sources = {source.code: source for source in FundSource.objects.all()}
        units = {unit.code: unit for unit in Unit.objects.all()}
        documents: dict[tuple, list] = {}
        for row, entry in entries:
            reason = None
            if entry["fund_source"] not in sources:
                reason = _("There is no fund source %(code)s.") % {"code": entry["fund_source"]}
            elif entry["unit"] and entry["unit"] not in units:
                reason = _("There is no unit %(code)s.") % {"code": entry["unit"]}
            if reason:
                load.refuse(row, entry["name"], reason)
            else:
                key = (entry["year"], entry["fund_source"], entry["adopted_on"])
                documents.setdefault(key, []).append((row, entry))
        batches = {BudgetLine: Batch(load, BudgetLine), Realisation: Batch(load, Realisation)}
        for (_year, source, _day), lines in documents.items():
            _take_document(load, batches, lines, sources[source], units, by)
        for batch in batches.values():
            batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_line(row: Row, options: Options) -> dict[str, Any]:
    entry = {
        "year": row.year("year") or options.get("year"),
        "fund_source": row.text("fund_source", 20) or options.get("fund_source") or "",
        "document": row.text("document", 100) or options.get("document") or "",
        "adopted_on": row.day("adopted_on") or options.get("adopted_on"),
    }
    for column, value in entry.items():
        if not value:
            raise RowRefused(_("%(column)s is blank.") % {"column": row.called(column)})
    up_to = row.day("up_to") or options.get("up_to")
    realised = row.rupiah("realised_idr")
    if realised is not None and up_to is None:
        raise RowRefused(_("The row says what was spent but not up to which day (up_to)."))
    if realised is not None and up_to < entry["adopted_on"]:
        raise RowRefused(_("The spending ends before the budget was adopted."))
    return entry | {
        "code": row.text("code", 30),
        "parent": row.text("parent", 30),
        "name": row.needed("name", 250),
        "level": row.choice("level", LEVELS),
        "unit": row.text("unit", 20),
        "ceiling_idr": row.rupiah("ceiling_idr"),
        "realised_idr": realised,
        "up_to": up_to,
    }


def _number_lines(load: Loading, entries: list[tuple[Row, dict]]) -> list[tuple[Row, dict]]:
    """Give lines without a code one (their place, TOTAL for a total), and refuse a code that comes twice."""
    first: dict[tuple, int] = {}
    kept, at = [], 0
    for row, entry in entries:
        if not entry["code"]:
            at += not is_total(entry["name"])
            entry["code"] = "TOTAL" if is_total(entry["name"]) else str(at)
        key = (entry["year"], entry["fund_source"], entry["adopted_on"], entry["code"])
        if first.setdefault(key, row.line) == row.line:
            kept.append((row, entry))
        else:
            reason = _("The code %(code)s stands in row %(line)s, too.")
            load.refuse(row, entry["name"], reason % {"code": entry["code"], "line": first[key]})
    return kept


def _take_document(
    load: Loading, batches: Mapping, lines: list, source: FundSource, units: Mapping, by: Actor
) -> None:
    head = lines[0][1]
    version, was_there = _version(head, source)
    on_record = {line.code: line for line in version.lines.all()} if was_there else {}
    spent = {(s.line_id, s.up_to): s for s in Realisation.objects.filter(line__version=version)}
    parents = dict.fromkeys(on_record) | parents_of([(e["code"], e["parent"], e["name"]) for _r, e in lines])
    levels = levels_by_depth(parents)
    fresh = [entry["code"] for _row, entry in lines if entry["code"] not in on_record]
    ids = reserve_ids(BudgetLine, len(fresh)) if fresh else ()
    known = on_record | {code: BudgetLine(id=id, code=code) for code, id in zip(fresh, ids, strict=True)}
    for order, (row, entry) in enumerate(lines, start=1):
        code, parent = entry["code"], parents[entry["code"]]
        if parent is not None and parent not in known:
            load.refuse(row, entry["name"], _("There is no line %(code)s to belong to.") % {"code": parent})
            continue
        if goes_round(code, parents):
            load.refuse(row, entry["name"], _("The line would belong to itself."))
            continue
        line = known[code]
        values = {
            "version": version,
            "parent": known[parent] if parent is not None else None,
            "name": entry["name"],
            "level": entry["level"] or levels[code],
            "unit": units.get(entry["unit"]),
            "ceiling_idr": entry["ceiling_idr"],
            "order": order,
        }
        outcome = batches[BudgetLine].put(row, f"{code} {entry['name']}", line, values)
        if order == 1 and was_there and version.document != entry["document"]:
            outcome.changes.append(f"{version.document} → {entry['document']}")
            version.document = entry["document"]
            version.save(update_fields=["document"])
        _take_realisation(load, batches[Realisation], outcome, line, entry, spent, by)
    _note_odd(load, lines, parents, on_record)


def _version(head: dict, source: FundSource) -> tuple[BudgetVersion, bool]:
    key = {"year": head["year"], "fund_source": source, "adopted_on": head["adopted_on"]}
    version = BudgetVersion.objects.filter(**key).first()
    if version:
        return version, True
    return BudgetVersion.objects.create(**key, document=head["document"]), False


def _take_realisation(
    load: Loading, batch: Batch, outcome: Outcome, line: BudgetLine, entry: dict, spent: Mapping, by: Actor
) -> None:
    amount = entry["realised_idr"]
    if amount is None:
        return
    present = spent.get((line.id, entry["up_to"])) or Realisation(line=line, up_to=entry["up_to"])
    if present.amount_idr != amount:
        _sign(present, by)
    batch.set(outcome, present, {"amount_idr": amount})
    if entry["ceiling_idr"] is not None and amount > entry["ceiling_idr"]:
        load.note(outcome.line, _("More was spent than the ceiling allows: %(name)s.") % entry)


def _note_odd(load: Loading, lines: list, parents: Mapping, on_record: Mapping) -> None:
    names = {entry["code"]: entry["name"] for _row, entry in lines}
    language = get_language() or "id"
    for column in ("ceiling_idr", "realised_idr"):
        for odd in differences((e["code"], parents[e["code"]], e[column]) for _row, e in lines):
            said = {
                "name": names[odd.code],
                "own": rupiah(odd.own, language),
                "parts": rupiah(odd.parts, language),
                "column": load.names.get(column, column),
            }
            load.note(None, _("%(name)s (%(column)s): the parts add up to %(parts)s, not to %(own)s.") % said)
    for code in sorted(on_record.keys() - names.keys()):
        load.note(None, _("%(code)s is on record and not in the file; it stays.") % {"code": code})


def load_realisation(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take what was spent up to a day, line by line, of the budget in force on that day."""
    load = Loading(rows, options)
    with load.attempt(), recorded("budget.load_realisation", by=by) as note:
        entries = list(load.read(lambda row: _read_realisation(row, load.options), "code"))
        years = {entry["year"] for _row, entry in entries}
        versions = list(
            BudgetVersion.objects.filter(year__in=years).select_related("fund_source").order_by("adopted_on")
        )
        found = BudgetLine.objects.filter(version__in=versions)
        lines = {(line.version_id, line.code): line for line in found}
        spent = {(s.line_id, s.up_to): s for s in Realisation.objects.filter(line__version__in=versions)}
        batch, seen = Batch(load, Realisation), set()
        for row, entry in entries:
            in_force = [v for v in versions if _is_of(v, entry)]
            line = lines.get((in_force[-1].id, entry["code"])) if in_force else None
            if line is None:
                load.refuse(
                    row, entry["code"], _("No budget in force on that day has a line %(code)s.") % entry
                )
            elif (line.id, entry["up_to"]) in seen:
                load.refuse(row, entry["code"], _("The file has it twice."))
            else:
                seen.add((line.id, entry["up_to"]))
                outcome = load.outcome(row, f"{line.code} {line.name}")
                outcome.is_new = (line.id, entry["up_to"]) not in spent
                _take_realisation(
                    load,
                    batch,
                    outcome,
                    line,
                    entry | {"ceiling_idr": line.ceiling_idr, "name": line.name},
                    spent,
                    by,
                )
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _is_of(version: BudgetVersion, entry: dict) -> bool:
    same = (version.year, version.fund_source.code) == (entry["year"], entry["fund_source"])
    return same and version.adopted_on <= entry["up_to"]


def _read_realisation(row: Row, options: Options) -> dict[str, Any]:
    entry = {
        "year": row.year("year") or options.get("year"),
        "fund_source": row.text("fund_source", 20) or options.get("fund_source"),
        "up_to": row.day("up_to") or options.get("up_to"),
        "code": row.text("code", 30),
        "realised_idr": row.rupiah("realised_idr"),
    }
    for column, value in entry.items():
        if value is None or value == "":
            raise RowRefused(_("%(column)s is blank.") % {"column": row.called(column)})
    return entry
