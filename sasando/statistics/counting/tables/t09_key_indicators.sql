/*
id: t09_key_indicators
title: {id: Indikator Kinerja Utama, en: Key performance indicators}
fact: key_indicators
source: {id: Rencana Strategis Dinas Sosial, en: Strategic plan of the office}
definition:
  id: Indikator kinerja utama menurut rencana strategis.
  en: Key indicators as the strategic plan lists them.
columns:
  - {key: objective, role: label, title: {id: Sasaran, en: Objective}}
  - {key: "no", role: ordinal, title: {id: "No", en: "No"}}
  - {key: indicator, role: label, title: {id: Indikator Kinerja Utama, en: Key indicator}}
*/
WITH counted AS (
    SELECT record, objective_number, objective, number AS "no", name AS indicator FROM key_indicators
)
SELECT objective, "no", indicator
FROM counted
ORDER BY "no", record
