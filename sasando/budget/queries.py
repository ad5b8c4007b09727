"""Reads of the budget: a year's documents as they stood on a day, each fund source by itself."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.budget import rules
from sasando.budget.models import BudgetLine, BudgetVersion, FundSource, Realisation


def versions_in_force(year: int, day: date) -> list[BudgetVersion]:
    """For each fund source the year's latest document adopted up to a day: the regency's own budget first."""
    latest: dict[int, BudgetVersion] = {}
    adopted = BudgetVersion.objects.filter(year=year, adopted_on__lte=day).select_related("fund_source")
    for version in adopted.order_by("adopted_on", "id"):
        latest[version.fund_source_id] = version
    return sorted(latest.values(), key=lambda v: (not v.fund_source.is_office_budget, v.fund_source.code))


def spent_up_to(versions: list[BudgetVersion], day: date) -> dict[int, Realisation]:
    """By line, the latest realisation reported up to a day."""
    reported = Realisation.objects.filter(line__version__in=versions, up_to__lte=day).order_by("up_to", "id")
    return {realisation.line_id: realisation for realisation in reported}


@dataclass
class LineView:
    """A line as a page shows it: its depth in the tree, ceiling, realisation, percent and what is left."""

    line: BudgetLine
    depth: int
    realised_idr: int | None
    percent: Decimal | None
    remaining_idr: int | None


@dataclass
class SourceBudget:
    """The budget of one fund source. Sources are never added up."""

    version: BudgetVersion
    lines: list[LineView]
    up_to: date | None
    differences: list[tuple[str, rules.Difference]] = field(default_factory=list)

    @property
    def top(self) -> LineView | None:
        """The line above all others, where there is exactly one."""
        tops = [line for line in self.lines if line.depth == 0]
        return tops[0] if len(tops) == 1 else None


def budget_of(reader: Reader, year: int, day: date) -> list[SourceBudget]:
    """The year's budget as it stood on a day, for readers who may see it; it belongs to the whole office."""
    if not reader.may(Permission.SEE_BUDGET):
        return []
    versions = versions_in_force(year, day)
    spent = spent_up_to(versions, day)
    lines: dict[int, list[BudgetLine]] = {version.id: [] for version in versions}
    for line in BudgetLine.objects.filter(version__in=versions).order_by("version", "order", "id"):
        lines[line.version_id].append(line)
    return [_source_budget(version, lines[version.id], spent) for version in versions]


def _source_budget(
    version: BudgetVersion, lines: list[BudgetLine], spent: dict[int, Realisation]
) -> SourceBudget:
    code_of = {line.id: line.code for line in lines}
    parents = {line.code: code_of.get(line.parent_id) for line in lines}
    views = []
    for line in lines:
        amount = spent[line.id].amount_idr if line.id in spent else None
        views.append(
            LineView(
                line,
                rules.depth_of(line.code, parents),
                amount,
                rules.share_spent(amount, line.ceiling_idr),
                rules.remaining(amount, line.ceiling_idr),
            )
        )
    names = {line.code: line.name for line in lines}
    odd = rules.differences((line.code, parents[line.code], line.ceiling_idr) for line in lines)
    up_to = max((spent[line.id].up_to for line in lines if line.id in spent), default=None)
    return SourceBudget(version, views, up_to, [(names[each.code], each) for each in odd])


def years(reader: Reader) -> list[int]:
    """The years with a budget, the latest first."""
    if not reader.may(Permission.SEE_BUDGET):
        return []
    return list(BudgetVersion.objects.order_by("-year").values_list("year", flat=True).distinct())


def fund_sources(reader: Reader) -> QuerySet[FundSource]:
    """The sources of funds, the regency's own budget first."""
    found = FundSource.objects.order_by("-is_office_budget", "code")
    return found if reader.may(Permission.SEE_BUDGET) else found.none()
