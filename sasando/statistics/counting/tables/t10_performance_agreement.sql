/*
id: t10_performance_agreement
title: {id: Perjanjian Kinerja, en: Performance agreement}
fact: indicators
source: {id: Perjanjian Kinerja dan Perubahannya, en: The agreement and its changes}
definition:
  id: >-
    Indikator dan target perjanjian kinerja terakhir, dengan pembilang dan penyebut realisasinya. Tanpa penyebut, angka
    pembilang sudah merupakan realisasi.
  en: >-
    Indicators and targets of the latest agreement, with the numerator and denominator of what was reached. Without a
    denominator the numerator is itself what was reached.
columns:
  - {key: objective_no, role: ordinal, title: {id: Sasaran, en: Objective}}
  - {key: indicator_no, role: label, title: {id: "No", en: "No"}}
  - {key: indicator, role: label, title: {id: Indikator Kinerja, en: Indicator}}
  - {key: unit, role: label, title: {id: Satuan, en: Unit}}
  - {key: direction, role: label, title: {id: Arah, en: Direction}}
  - {key: target, role: number, records: true, title: {id: Target, en: Target}}
  - {key: numerator, role: number, title: {id: Pembilang, en: Numerator}}
  - {key: denominator, role: number, title: {id: Penyebut, en: Denominator}}
  - {key: note, role: label, title: {id: Keterangan, en: Note}}
*/
WITH counted AS (
    SELECT
        record,
        objective_number AS objective_no,
        nullif(number, '') AS indicator_no,
        name AS indicator,
        unit,
        direction,
        target,
        numerator_figure,
        denominator_figure,
        ordering
    FROM indicators
)
SELECT
    objective_no,
    indicator_no,
    indicator,
    unit,
    direction,
    target,
    upper.value AS numerator,
    lower.value AS denominator,
    coalesce(upper.reason, lower.reason) AS note
FROM counted
LEFT JOIN figures AS upper ON upper.id = counted.numerator_figure
LEFT JOIN figures AS lower ON lower.id = counted.denominator_figure
ORDER BY counted.ordering, counted.record
