"""Amounts that cannot be what they say: against tariff x months x recipients, and a programme's yearly average."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from sasando.base.checks import Finding, Severity
from sasando.statistics.checks.arithmetic import shown
from sasando.statistics.checks.percents import number_of
from sasando.statistics.checks.printed import at, table_name
from sasando.statistics.checks.rulebook import rules
from sasando.statistics.checks.wording import say
from sasando.statistics.results import YearView

CHECK = "amount-implausible"


def amounts_against_tariff(view: YearView) -> Iterator[Finding]:
    """An amount against recipients x the monthly sum the text states x months of the year."""
    for rule in rules().get("tariff_amounts", ()):
        cell, recipients = at(view, rule["cell"]), at(view, rule["recipients"])
        monthly = number_of(view.text_figures.get(rule["monthly_text"]))
        if cell is None or recipients is None or not monthly or not recipients.value:
            continue
        expected = Fraction(recipients.value) * Fraction(monthly) * rule["months"]
        if abs(Fraction(cell.value) - expected) * 100 <= expected * rule["tolerance_percent"]:
            continue
        months = Fraction(cell.value) / (Fraction(recipients.value) * Fraction(monthly))
        yield Finding(
            CHECK,
            Severity.WARNING,
            cell.table,
            cell.row,
            cell.column,
            cell.printed,
            shown(expected),
            say(
                "{table}, {row}: {printed} rupiah tidak sesuai dengan {recipients} penerima ({other}) x"
                " Rp{monthly}"
                " x {months} bulan = {expected}; jumlah itu hanya cukup untuk {covered} bulan.",
                "{table}, {row}: IDR {printed} does not fit {recipients} recipients ({other}) x IDR {monthly}"
                " x {months} months = {expected}; it covers only {covered} months.",
                table=table_name(view, cell.table),
                row=cell.row,
                printed=cell.printed or cell.value,
                recipients=recipients.value,
                other=table_name(view, recipients.table),
                monthly=monthly,
                months=rule["months"],
                expected=expected,
                covered=months,
            ),
        )


def amounts_against_yearly_average(view: YearView) -> Iterator[Finding]:
    """An amount per recipient that is nearer to one stage of a programme's year than to the whole year."""
    for rule in rules().get("yearly_averages", ()):
        reference = rule["by_year"].get(view.year)
        cell, recipients = at(view, rule["cell"]), at(view, rule["recipients"])
        if reference is None or cell is None or recipients is None or not recipients.value:
            continue
        each = Fraction(cell.value) / Fraction(recipients.value)
        average, stages = Fraction(reference["average_idr"]), rule["stages"]
        whole, stage = abs(each - average), abs(each - average / stages)
        if whole <= stage:
            continue
        yield Finding(
            CHECK,
            Severity.WARNING,
            cell.table,
            cell.row,
            cell.column,
            cell.printed,
            shown(Decimal(round(average * Fraction(recipients.value)))),
            say(
                "{table}, {row}: {printed} rupiah untuk {recipients} penerima berarti Rp{each} per keluarga,"
                " {share}% dari"
                " rata-rata nasional setahun Rp{average} ({source}, menjadi {expected}); tampaknya satu dari"
                " {stages}"
                " tahap salur, bukan setahun.",
                "{table}, {row}: IDR {printed} for {recipients} recipients is IDR {each} a family, {share}%"
                " of the national"
                " yearly average of IDR {average} ({source}, giving {expected}); it looks like one of"
                " {stages} cycles,"
                " not a year.",
                table=table_name(view, cell.table),
                row=cell.row,
                printed=cell.printed or cell.value,
                recipients=recipients.value,
                each=round(each),
                share=each / average * 100,
                average=average,
                source=reference["source"],
                expected=round(average * Fraction(recipients.value)),
                stages=stages,
            ),
        )
