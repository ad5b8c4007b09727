"""Reads: editions and their files, what a book is made from, seals proved again, errata."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.base.checks import Finding
from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.budget.models import BudgetLine, BudgetVersion, LineLevel
from sasando.lib.dates import date_text
from sasando.lib.identity import format_nip
from sasando.office.models import LegalBasis, Office, Post, Unit, UnitFunction, UnitKind
from sasando.office.queries import office
from sasando.places.models import Level
from sasando.places.queries import Atlas
from sasando.planning.models import Agreement, Goal, Mission, Objective
from sasando.programmes.models import DeliveryCorrection
from sasando.publications import charts
from sasando.publications.assemble import assemble
from sasando.publications.build import FROZEN, MANIFEST, Bundle, digest_of_file, text_digest, thaw
from sasando.publications.charts import Box
from sasando.publications.errors import BookTextError, NoOfficeError
from sasando.publications.machine import figures_of, seal_of
from sasando.publications.markdown import TemplateError
from sasando.publications.material import (
    AgreementText,
    Chart,
    FunctionText,
    GoalText,
    Head,
    Material,
    MissionText,
    ObjectiveText,
    OwnText,
    ProgrammeText,
    UnitText,
    book_text,
    look,
)
from sasando.publications.models import (
    Audience,
    Edition,
    EditionFile,
    EditionNote,
    EditionState,
    EditionStatus,
)
from sasando.publications.presenters import of
from sasando.publications.summary import summary_of
from sasando.staff.models import Appointment, AppointmentKind, RankHolding
from sasando.statistics import maps
from sasando.statistics.checks.findings import find
from sasando.statistics.counting.snapshot import office_tables, read_json
from sasando.statistics.counting.specs import FigureSpec, Specs, load_specs
from sasando.statistics.models import Snapshot
from sasando.statistics.queries import current_snapshot, folder_of, year_view
from sasando.statistics.reporting.book import book_tables
from sasando.statistics.reporting.collection import texts
from sasando.statistics.results import Basis, FigureValue, TableResult, YearView

RANKS = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tingkat I",
    "I/c": "Juru",
    "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tingkat I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
"""What a rank is called (PP 99/2000)."""

ACTING = {AppointmentKind.ACTING: "Plt. ", AppointmentKind.DAILY: "Plh. "}
VACANT = "(lowong)"
DEPTHS = {
    UnitKind.SUB_SECTION: 1,
    UnitKind.SECTION: 1,
}


def editions_folder() -> Path:
    """Where the editions of this data folder lie."""
    return Path(settings.DATA) / "editions"


def folder_of_edition(edition: Edition) -> Path:
    """Where an edition's files lie."""
    return editions_folder() / edition.folder


# editions


def editions(reader: Reader | None) -> QuerySet[Edition]:
    """The editions a reader may open, newest first: the published public ones; with the office's statistics, all."""
    statuses = Prefetch("statuses", EditionStatus.objects.order_by("set_at", "id"))
    found = Edition.objects.select_related("snapshot").prefetch_related(statuses)
    found = found.order_by("-year", "audience", "-number")
    if reader is not None and reader.may(Permission.SEE_SENSITIVE_STATISTICS):
        return found
    latest = EditionStatus.objects.filter(edition__audience=Audience.PUBLIC).order_by(
        "edition", "set_at", "id"
    )
    states: dict[int, str] = dict(latest.values_list("edition_id", "state"))
    return found.filter(pk__in=[key for key, state in states.items() if state == EditionState.PUBLISHED])


def edition_of(reader: Reader | None, year: int, kind: str, audience: str, number: int) -> Edition | None:
    """One edition, where the reader may open it."""
    return editions(reader).filter(year=year, kind=kind, audience=audience, number=number).first()


def state_of(edition: Edition) -> EditionState:
    """Where an edition stands: its last step."""
    last = statuses_of(edition)[-1:]
    return EditionState(last[0].state) if last else EditionState.DRAFT


def statuses_of(edition: Edition) -> list[EditionStatus]:
    """The steps of an edition in their order."""
    return (
        list(edition.statuses.all())
        if _is_loaded(edition, "statuses")
        else list(edition.statuses.order_by("set_at", "id"))
    )


def _is_loaded(edition: Edition, name: str) -> bool:
    return name in getattr(edition, "_prefetched_objects_cache", {})


def files_of(edition: Edition) -> list[EditionFile]:
    """The files of an edition that may be taken along; what it is proved by is not among them."""
    return [file for file in edition.files.order_by("id") if file.name not in (FROZEN, MANIFEST)]


def notes_of(edition: Edition) -> list[EditionNote]:
    """The notes on inconsistent data of an edition, in their order."""
    return list(edition.notes.order_by("number"))


def published_edition(year: int, kind: str, audience: str) -> Edition | None:
    """The last edition of a year that is published and not withdrawn."""
    found = Edition.objects.filter(year=year, kind=kind, audience=audience).order_by("-number")
    return next(
        (e for e in found.prefetch_related("statuses") if state_of(e) == EditionState.PUBLISHED), None
    )


def bundle_of(edition: Edition) -> Bundle:
    """What an edition's files were written from. Raises OSError, ValueError or KeyError where it is damaged."""
    return thaw((folder_of_edition(edition) / FROZEN).read_bytes())


def awaiting(reader: Reader) -> list[Edition]:
    """The editions whose next step is the reader's to take (not those they prepared or initialled)."""
    found = []
    for edition in editions(reader) if reader.may(Permission.SEE_SENSITIVE_STATISTICS) else ():
        state = state_of(edition)
        if state == EditionState.INITIALLED:
            mine = reader.may(Permission.PUBLISH_EDITION) and edition.prepared_by_id != reader.actor_id
        elif state in (EditionState.DRAFT, EditionState.CHECKED):
            signed = {
                status.set_by_id for status in statuses_of(edition) if status.state != EditionState.DRAFT
            }
            mine = reader.may(Permission.INITIAL_EDITION) and reader.actor_id not in signed
        else:
            mine = False
        if mine:
            found.append(edition)
    return found


# what a book is made from


def book_view(view: YearView) -> tuple[YearView, Specs]:
    """(sealed year as the book shows it, specs): each table on the basis it rests on, and the figures with it."""
    specs = load_specs([office_tables()])
    tables = book_tables(view, specs)
    figures = {key: _figure(value, specs.figures.get(key), tables) for key, value in view.figures.items()}
    return replace(view, tables=tables, figures=figures), specs


def _figure(figure: FigureValue, spec: FigureSpec | None, tables: Mapping[str, TableResult]) -> FigureValue:
    """A figure of a reported table is that table's, not what too few records give."""
    table = tables.get(spec.table or "") if spec else None
    if spec is None or table is None or table.basis == Basis.RECORDS:
        return figure
    if spec.row:
        rows = [row for row in table.rows if all(row.get(key) == value for key, value in spec.row.items())]
        value = rows[0].get(spec.column) if rows else None
    else:
        value = table.totals.get(spec.column)
    return replace(figure, value=value, basis=table.basis, reason=figure.reason or table.source)


def draft_bundle(
    snapshot: Snapshot, *, kind: str, audience: str, language: str = "id"
) -> tuple[Bundle, list[Finding], set[str]]:
    """(bundle, findings, ids of the sensitive tables) of a book over a snapshot and the records that are no figures.

    Raises NoOfficeError, BookTextError (naming the line), BookSettingsError, RulesError.
    """
    here = office()
    if here is None:
        raise NoOfficeError
    sealed = year_view(snapshot)
    findings = find(sealed)
    view, specs = book_view(sealed)
    material = material_of(here, view, specs, language)
    try:
        document = assemble(
            view, material, findings, audience=audience, text=book_text(kind), language=language
        )
    except TemplateError as error:
        raise BookTextError(error) from error
    bundle = Bundle(
        document=document,
        figures=figures_of(view, office=material.code, audience=audience),
        titles={
            table.id: {column.key: of(column.title, language) for column in table.columns}
            for table in view.tables.values()
        },
        summary=summary_of(view, material, audience=audience, language=language),
        facts=fact_hashes(snapshot),
    )
    sensitive = {table.id for table in view.tables.values() if table.sensitivity == "sensitive"}
    return bundle, findings, sensitive


def figure_tables() -> dict[str, str]:
    """The table each named figure is taken from, where it is taken from one."""
    return {
        figure.id: figure.table for figure in load_specs([office_tables()]).figures.values() if figure.table
    }


def exact(value: float) -> Decimal | int:
    """A number of `figures.json`, exact as it is written there."""
    return value if isinstance(value, int) else Decimal(str(value))


def fact_hashes(snapshot: Snapshot) -> dict[str, str]:
    """The hash of each fact, from the snapshot's manifest."""
    manifest = read_json(folder_of(snapshot) / "manifest.json")
    return {name: fact["digest"] for name, fact in manifest["facts"].items()}


def material_of(here: Office, view: YearView, specs: Specs, language: str = "id") -> Material:
    """What the book tells of the office as of the year's day; who signs is whoever heads the office today."""
    day = view.as_of
    units = list(Unit.objects.holding_on(day).order_by("order", "id"))
    holders = _holders(day)
    return Material(
        office=here.name.removesuffix(here.regency_name).strip() or here.name,
        regency=here.regency_name,
        code=here.regency.code,
        seat=here.seat,
        is_demo=here.is_demo,
        head=_head(timezone.localdate()),
        units=tuple(_unit_texts(units)),
        legal_bases=tuple(_legal_bases()),
        chart=_chart(units, holders),
        missions=tuple(_missions(day)),
        agreements=tuple(
            AgreementText(date_text(agreement.signed_on, language), agreement.reason)
            for agreement in Agreement.objects.filter(year=view.year, signed_on__lte=day).order_by(
                "signed_on"
            )
        ),
        programmes=tuple(_programmes(view.year, day)),
        own_texts={
            key: OwnText(status.task.unit.name, status.explanation, status.obstacles, status.efforts)
            for key, status in texts(view.year).items()
            if status.explanation or status.obstacles or status.efforts
        },
        figure_tables={f.id: f.table for f in specs.figures.values() if f.table},
        look=look(),
        draw_map=_map_drawer(view.places_as_of),
    )


def _holders(day: date) -> dict[int, list[Appointment]]:
    """Who holds which post on a day, by post; the definitive holder before an acting one."""
    found: dict[int, list[Appointment]] = {}
    held = Appointment.objects.holding_on(day).filter(post__isnull=False).select_related("employee", "post")
    for appointment in sorted(held, key=lambda a: (a.kind != AppointmentKind.DEFINITIVE, a.pk)):
        found.setdefault(appointment.post_id, []).append(appointment)
    return found


def _head(day: date) -> Head | None:
    """Who signs for the office on a day."""
    post = Post.objects.holding_on(day).filter(unit__kind=UnitKind.OFFICE).order_by("order", "id").first()
    held = _holders(day).get(post.pk, []) if post else []
    if not held:
        return None
    appointment = held[0]
    ranks = RankHolding.objects.holding_on(day).filter(employee=appointment.employee).order_by("valid_from")
    rank = ranks.last()
    words = f"{RANKS.get(rank.rank, '')} ({rank.rank})".strip() if rank else ""
    return Head(
        ACTING.get(appointment.kind, "") + post.name,
        appointment.employee.name,
        words,
        format_nip(appointment.employee.nip),
    )


def _unit_texts(units: Sequence[Unit]) -> Iterator[UnitText]:
    """The units in the order of the tree, each with its duty and functions."""
    functions: dict[int, list[UnitFunction]] = {}
    for function in UnitFunction.objects.order_by("unit", "number"):
        functions.setdefault(function.unit_id, []).append(function)
    for unit in units:
        own = functions.get(unit.pk, [])
        yield UnitText(
            name=unit.name,
            depth=DEPTHS.get(unit.kind, 0),
            kind=unit.kind,
            duty=unit.regulation_text or unit.duty,
            article=unit.regulation_article,
            summary=not unit.regulation_text,
            functions_title=unit.functions_title,
            functions=tuple(
                FunctionText(f.regulation_text or f.text, f.regulation_article if f.regulation_text else "")
                for f in own
            ),
            functions_summary=not all(f.regulation_text for f in own),
            is_formed=unit.is_formed,
        )


def _legal_bases() -> Iterator[str]:
    """The laws the whole office rests on; those of a single unit are told with the unit."""
    whole = Q(unit__isnull=True) | Q(unit__kind=UnitKind.OFFICE)
    for basis in LegalBasis.objects.filter(whole).order_by("id"):
        yield f"{basis.title}, {basis.article}" if basis.article else basis.title


def _chart(units: Sequence[Unit], holders: Mapping[int, list[Appointment]]) -> Chart | None:
    top = next((unit for unit in units if unit.kind == UnitKind.OFFICE), None)
    if top is None:
        return None
    leading: dict[int, Post] = {}
    for post in Post.objects.filter(unit__in=[unit.pk for unit in units]).order_by("-order", "-id"):
        leading[post.unit_id] = post

    def box(unit: Unit) -> Box:
        post = leading.get(unit.pk)
        held = holders.get(post.pk, []) if post else []
        name = ACTING.get(held[0].kind, "") + held[0].employee.name if held else VACANT if post else ""
        below = tuple(box(part) for part in units if part.parent_id == unit.pk and unit is not top)
        title = post.name if unit is top and post else unit.name
        return Box(title, name, below, unit.is_formed)

    below = [unit for unit in units if unit.parent_id == top.pk]
    staff = next((unit for unit in below if unit.kind == UnitKind.SECRETARIAT), None)
    return Chart(
        top=box(top),
        staff=box(staff) if staff else None,
        divisions=tuple(box(u) for u in below if u.kind in (UnitKind.DIVISION, UnitKind.SECTION)),
        others=tuple(box(u) for u in below if u.kind in (UnitKind.FUNCTIONAL_GROUP, UnitKind.TECHNICAL_UNIT)),
    )


def _missions(day: date) -> Iterator[MissionText]:
    objectives: dict[int, list[ObjectiveText]] = {}
    for each in Objective.objects.holding_on(day).filter(in_strategic_plan=True).order_by("number"):
        objectives.setdefault(each.goal_id, []).append(
            ObjectiveText(each.number, each.text.rstrip("."), each.policy)
        )
    goals: dict[int, list[GoalText]] = {}
    for goal in Goal.objects.order_by("id"):
        goals.setdefault(goal.mission_id, []).append(
            GoalText(goal.text.rstrip("."), tuple(objectives.get(goal.pk, ())))
        )
    for mission in Mission.objects.holding_on(day).order_by("number"):
        yield MissionText(mission.number, mission.text, tuple(goals.get(mission.pk, ())))


def _programmes(year: int, day: date) -> Iterator[ProgrammeText]:
    """The programmes of the office's own budget with their activities, of the last version adopted up to the day."""
    versions = BudgetVersion.objects.filter(
        year=year, adopted_on__lte=day, fund_source__is_office_budget=True
    ).order_by("fund_source", "-adopted_on")
    seen: set[int] = set()
    for version in versions:
        if version.fund_source_id in seen:
            continue
        seen.add(version.fund_source_id)
        lines = list(BudgetLine.objects.filter(version=version).order_by("order", "id"))
        for line in lines:
            if line.level == LineLevel.PROGRAMME:
                activities = [part.name for part in lines if part.parent_id == line.pk]
                yield ProgrammeText(line.name, tuple(name.rstrip(";.") for name in activities))


def _map_drawer(day: date):
    def draw(values, text):
        atlas = Atlas(day)
        names = {spot.name: spot.id for spot in atlas.at_level(Level.DISTRICT)}
        by_id = {spot_id: values.get(name) for name, spot_id in names.items()}
        try:
            drawing = maps.draw(by_id, {}, atlas)
        except maps.MapFileError:
            drawing = maps.draw_circles(by_id, {}, atlas)
        if drawing is None:
            return None
        spots = [
            charts.Spot(area.name, text(area.value), area.x, area.y, area.path, area.radius, area.shade)
            for area in drawing.areas
        ]
        alt = "; ".join(f"{spot.name}: {spot.text}" for spot in sorted(spots, key=lambda spot: spot.name))
        return charts.map_of(spots, drawing.width, drawing.height), f"{alt}."

    return draw


# seals


def broken_seals() -> Iterator[str]:
    """A sentence for each published edition whose files are not those that were sealed, or cannot be read.

    The seal is derived again from the edition's own files, and each file is compared with the hash recorded of it.
    """
    for edition in Edition.objects.exclude(seal="").order_by("year", "audience", "number"):
        folder = folder_of_edition(edition)
        for file in edition.files.order_by("id"):
            try:
                digest, _size = digest_of_file(folder / file.name)
            except OSError:
                yield _("%(edition)s: %(file)s is missing.") % {"edition": edition, "file": file.name}
                continue
            if digest != file.digest:
                yield _("%(edition)s: %(file)s is not the file that was published.") % {
                    "edition": edition,
                    "file": file.name,
                }
        if derived_seal(folder) != edition.seal:
            yield _("%(edition)s: the seal does not follow from its figures, facts and text.") % {
                "edition": edition
            }


def derived_seal(folder: Path) -> str | None:
    """The seal that follows from a folder's `figures.json`, `manifest.json` and frozen text; None if unreadable."""
    try:
        figures = json.loads((folder / "figures.json").read_bytes())
        facts = json.loads((folder / MANIFEST).read_bytes())["facts"]
        text = text_digest(thaw((folder / FROZEN).read_bytes()).document)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return seal_of(figures, facts, text)


# errata


@dataclass(frozen=True)
class Erratum:
    """A cell that the present records give otherwise than the sealed edition, and why."""

    table_id: str
    title: str
    row: str
    column: str
    old: Any
    new: Any
    role: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Correction:
    """A delivery corrected after the edition's data were sealed."""

    programme: str
    district: str
    field: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True)
class Errata:
    """What changed since an edition was sealed, and whether the present records have been counted yet."""

    cells: tuple[Erratum, ...]
    corrections: tuple[Correction, ...]
    counted_on: Snapshot | None
    """The snapshot compared with; None when the edition's own is still the latest."""
    is_current: bool
    """Whether no correction was made after that snapshot."""


def errata(edition: Edition) -> Errata:
    """Cells whose value changed between an edition's sealed tables and the year's latest snapshot, with the reasons.

    Reads only; `actions.count_errata` seals the present records first.
    """
    latest = current_snapshot(edition.year)
    corrections = _corrections(edition)
    counted = latest if latest and latest.pk != edition.snapshot_id else None
    cells: tuple[Erratum, ...] = ()
    if counted:
        sealed = json.loads((folder_of_edition(edition) / "figures.json").read_bytes())
        view, specs = book_view(year_view(counted))
        alone = {f.id: of(f.title, "id") for f in view.figures.values() if not _table_of(specs, f.id)}
        present = figures_of(view, office=sealed["office"], audience=sealed["edition"])
        titles = {t.id: {c.key: of(c.title, "id") for c in t.columns} for t in view.tables.values()}
        cells = tuple(compare(sealed, present, titles, corrections, alone))
    since = latest.sealed_at if latest else edition.snapshot.sealed_at
    newest = max((when for _c, when in corrections), default=None)
    return Errata(
        cells=cells,
        corrections=tuple(correction for correction, _when in corrections),
        counted_on=counted,
        is_current=newest is None or newest <= since,
    )


def _table_of(specs: Specs, figure_id: str) -> str | None:
    spec = specs.figures.get(figure_id)
    return spec.table if spec else None


def compare(
    sealed: Mapping[str, Any],
    present: Mapping[str, Any],
    titles: Mapping[str, Mapping[str, str]],
    corrections: Sequence[tuple[Correction, Any]] = (),
    figures: Mapping[str, str] | None = None,
) -> Iterator[Erratum]:
    """The cells of two `figures.json` that differ, rows told apart by their labels, totals as a row of their own.

    `figures` names the figures that stand in no table and are compared, too.
    """
    figures = figures or {}
    now = {table["id"]: table for table in present["tables"]}
    for table in sealed["tables"]:
        other = now.get(table["id"], {"rows": [], "totals": {}})
        labels = [column["key"] for column in table["columns"] if column["role"] in ("label", "ordinal")]
        roles = {column["key"]: column["role"] for column in table["columns"]}
        numbers = [key for key in roles if key not in labels]
        pairs = [*_paired(table["rows"], other["rows"], labels), (("",), table["totals"], other["totals"])]
        for key, old, new in pairs:
            for column in numbers:
                before, after = old.get(column), new.get(column)
                if before != after:
                    row = " / ".join(str(part) for part in key if part is not None)
                    reasons = _reasons(corrections, key)
                    yield Erratum(
                        table["id"],
                        table["title"]["id"],
                        row or "Jumlah",
                        titles.get(table["id"], {}).get(column, column),
                        before,
                        after,
                        roles[column],
                        reasons,
                    )
    values = {figure["id"]: figure["value"] for figure in present["figures"]}
    for figure in sealed["figures"]:
        if figure["id"] in figures and figure["value"] != values.get(figure["id"]):
            yield Erratum(
                "",
                _("Figures"),
                figures[figure["id"]],
                figure["unit"],
                figure["value"],
                values.get(figure["id"]),
                {"IDR": "amount", "%": "percent"}.get(figure["unit"], "count"),
                _reasons(corrections, ()),
            )


def _paired(old: Sequence[Mapping], new: Sequence[Mapping], labels: Sequence[str]):
    names = [key for key in labels if key != "no"]
    before = {tuple(row.get(key) for key in names): row for row in old}
    after = {tuple(row.get(key) for key in names): row for row in new}
    for key in [*before, *(key for key in after if key not in before)]:
        yield key, before.get(key, {}), after.get(key, {})


def _reasons(corrections: Sequence[tuple[Correction, Any]], key: Sequence[object]) -> tuple[str, ...]:
    """The reasons of the corrections in the row's district; of all where the row names none."""
    near = [c.reason for c, _when in corrections if c.district and c.district in key]
    return tuple(dict.fromkeys(near or [c.reason for c, _when in corrections]))


def _corrections(edition: Edition) -> list[tuple[Correction, Any]]:
    found = DeliveryCorrection.objects.filter(
        Q(corrected_at__gt=edition.snapshot.sealed_at), delivery__delivered_on__year=edition.year
    ).select_related("delivery__programme")
    rows = list(found.order_by("corrected_at"))
    if not rows:
        return []
    atlas = Atlas(edition.snapshot.places_as_of)
    return [
        (
            Correction(
                row.delivery.programme.name,
                _district(atlas, row.delivery.village_id),
                row.field,
                row.old,
                row.new,
                row.reason,
            ),
            row.corrected_at,
        )
        for row in rows
    ]


def _district(atlas: Atlas, village_id: int | None) -> str:
    spot = atlas.ancestor(village_id, Level.DISTRICT)
    return spot.name if spot else ""
