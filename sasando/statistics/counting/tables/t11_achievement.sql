/*
id: t11_achievement
title: {id: Capaian Kinerja Sasaran, en: Achievement of the objectives}
fact: indicators
source: {id: Perjanjian Kinerja dan realisasi indikatornya, en: The agreement and what was reached}
definition:
  id: >-
    Rata-rata capaian indikator tiap sasaran yang memiliki nilai; capaian = realisasi / target x 100, atau (2 x target -
    realisasi) / target x 100 bila makin rendah makin baik. Jumlah adalah rata-rata sasaran.
  en: >-
    Mean achievement of each objective's indicators that have a value; achievement = realised / target x 100, or
    (2 x target - realised) / target x 100 where lower is better. The total is the mean of the objectives.
columns:
  - {key: "no", role: ordinal, title: {id: "No", en: "No"}}
  - {key: objective, role: label, title: {id: Sasaran, en: Objective}}
  - key: average_achievement_percent
    role: percent
    unit: "%"
    records: achievement IS NOT NULL
    totals: mean
    title: {id: Rata-rata Capaian (%), en: Mean achievement (%)}
  - key: scale
    role: label
    title: {id: Kategori, en: Scale}
    totals:
      sql: >-
        SELECT bands.label FROM (SELECT round(avg(average_achievement_percent), 2) AS reached FROM result) AS whole
        CROSS JOIN scale_bands AS bands
        JOIN (SELECT name FROM achievement_policies ORDER BY record DESC LIMIT 1) AS policy ON policy.name = bands.policy
        WHERE whole.reached IS NOT NULL
        ORDER BY CASE WHEN bands.at_least <= whole.reached THEN bands.at_least END DESC NULLS LAST, bands.at_least LIMIT 1
*/
WITH policy AS (
    SELECT name, cap_percent FROM achievement_policies ORDER BY record DESC LIMIT 1
),
bands AS (
    SELECT
        label,
        at_least,
        lag(at_least) OVER (ORDER BY at_least) IS NULL AS is_lowest,
        lead(at_least) OVER (ORDER BY at_least) AS next_band
    FROM scale_bands JOIN policy ON policy.name = scale_bands.policy
),
realised AS (
    SELECT
        indicators.record,
        indicators.code,
        indicators.ordering,
        indicators.objective_number,
        indicators.objective,
        indicators.direction,
        CAST(indicators.measured_against AS DOUBLE) AS target,
        upper.value AS numerator,
        lower.value AS denominator,
        CASE
            WHEN coalesce(indicators.denominator_figure, '') = '' THEN CAST(upper.value AS DOUBLE)
            ELSE CAST(upper.value AS DOUBLE) / nullif(CAST(lower.value AS DOUBLE), 0) * 100
        END AS realised
    FROM indicators
    LEFT JOIN figures AS upper ON upper.id = indicators.numerator_figure
    LEFT JOIN figures AS lower ON lower.id = indicators.denominator_figure
),
achieved AS (
    SELECT
        *,
        CASE WHEN direction = 'lower' THEN 2 * target - realised ELSE realised END / nullif(target, 0) * 100 AS uncapped
    FROM realised
),
counted AS (
    SELECT
        record,
        code,
        ordering,
        objective_number AS "no",
        objective,
        numerator,
        denominator,
        realised,
        CASE WHEN uncapped > cap_percent THEN CAST(cap_percent AS DOUBLE) ELSE uncapped END AS achievement
    FROM achieved LEFT JOIN policy ON TRUE
),
averages AS (
    SELECT "no", objective, avg(achievement) AS average, min(ordering) AS ordering
    FROM counted
    GROUP BY "no", objective
)
SELECT "no", objective, average AS average_achievement_percent, bands.label AS scale
FROM averages
LEFT JOIN bands ON
    average IS NOT NULL
    AND (round(average, 2) >= bands.at_least OR bands.is_lowest)
    AND (bands.next_band IS NULL OR round(average, 2) < bands.next_band)
ORDER BY "no", averages.ordering
