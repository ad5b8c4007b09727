"""The rules over a year: printed against printed, printed against computed, plan, staff, places, disclosure.

Each rule is a pure function from a `results.YearView` to findings, in the module of its subject. What they must know
of the book's tables is data (`book.yaml`, `scales.yaml`).
"""

from sasando.base.checks import Check, Sentence
from sasando.statistics.checks import (
    amounts,
    budgets,
    counts,
    disclosure,
    figures,
    indicators,
    percents,
    places,
    plan,
    records,
    staffing,
    totals,
)


def _check(id: str, run, indonesian: str, english: str) -> Check:
    return Check(id, Sentence(indonesian, english), run)


CHECKS = [
    _check("totals", totals.totals_against_rows, "Jumlah terhadap baris", "Totals against rows"),
    _check(
        "subtotals",
        totals.subtotals_against_parents,
        "Subjumlah terhadap induk",
        "Sub-totals against parents",
    ),
    _check(
        "percents-in-tables", percents.percents_in_tables, "Persentase dalam tabel", "Percentages in tables"
    ),
    _check("percents-in-text", percents.percents_in_text, "Persentase dalam teks", "Percentages in text"),
    _check("text", figures.text_against_tables, "Angka teks terhadap tabel", "Text figures against tables"),
    _check(
        "two-tables",
        figures.same_figure_in_two_tables,
        "Angka yang sama di dua tabel",
        "The same figure in two tables",
    ),
    _check(
        "listed-rows",
        figures.counts_of_listed_rows,
        "Cacah terhadap daftar nama",
        "Counts against lists of names",
    ),
    _check(
        "unlike-things", figures.unlike_things_added, "Penjumlahan hal yang berbeda", "Unlike things added up"
    ),
    _check(
        "records",
        records.printed_against_records,
        "Tercetak terhadap hasil hitung catatan",
        "Printed against computed from records",
    ),
    _check("coverage", percents.coverage_above_100, "Cakupan di atas 100%", "Coverage above 100%"),
    _check("districts", places.districts_missing, "Kecamatan yang tidak tercantum", "Districts missing"),
    _check("targets", plan.targets_missing, "Target yang kosong", "Targets missing"),
    _check(
        "unmeasured",
        plan.indicators_unmeasured,
        "Indikator tanpa nilai terukur",
        "Indicators without a measured value",
    ),
    _check(
        "indicator-lists",
        plan.indicator_lists_differ,
        "Daftar indikator yang berbeda",
        "Indicator lists that differ",
    ),
    _check(
        "tariff",
        amounts.amounts_against_tariff,
        "Nilai terhadap tarif x bulan x penerima",
        "Amounts against tariff x months x recipients",
    ),
    _check(
        "yearly-average",
        amounts.amounts_against_yearly_average,
        "Nilai terhadap rata-rata setahun",
        "Amounts against the yearly average",
    ),
    _check(
        "achievements",
        plan.achievements_against_formula,
        "Capaian terhadap rumus",
        "Achievements against their formula",
    ),
    _check(
        "averages",
        plan.averages_against_parts,
        "Rata-rata terhadap bagiannya",
        "Averages against their parts",
    ),
    _check("scales", plan.scales_against_bands, "Skala terhadap rentang", "Scale labels against bands"),
    _check("posts", staffing.posts_against_staff, "Jabatan lowong", "Vacant posts"),
    _check(
        "education",
        staffing.education_levels_hidden,
        "Jenjang pendidikan yang tidak tampak",
        "Levels of education that are hidden",
    ),
    _check("place-names", places.place_names, "Nama wilayah", "Names of places"),
    _check("small-cells", disclosure.small_cells, "Sel kecil", "Small cells"),
    _check(
        "sensitive-by-village",
        disclosure.sensitive_by_village,
        "Data rahasia menurut desa",
        "Secret data by village",
    ),
    _check(
        "reported-indicators", indicators.reported_indicators, "Tabel indikator", "Reported indicator tables"
    ),
    _check("reported-budget", budgets.reported_budgets, "Tabel anggaran", "Reported budget tables"),
    _check("reported-counts", counts.reported_counts, "Tabel cacah", "Reported tables of counts"),
]
