/*
id: t13_budget_apbn
title: {id: Realisasi Keuangan APBN, en: "State budget in the regency: ceiling and realisation"}
fact: budget_lines
source: {id: Laporan realisasi APBN, en: Reports on the state budget}
definition:
  id: Dana APBN yang diterima keluarga di kabupaten; tidak melalui APBD dan tidak dijumlahkan dengannya.
  en: State money received by families in the regency; it does not pass the regency's budget and is never added to it.
columns:
  - {key: program, role: label, title: {id: Program, en: Programme}}
  - {key: ceiling_idr, role: amount, unit: IDR, records: true, title: {id: Pagu (Rp), en: Ceiling (Rp)}}
  - {key: realised_idr, role: amount, unit: IDR, records: true, title: {id: Realisasi (Rp), en: Realised (Rp)}}
  - key: percent
    role: percent
    unit: "%"
    percent: {of: realised_idr, by: ceiling_idr}
    title: {id: Realisasi (%), en: Realised (%)}
*/
WITH counted AS (
    SELECT record, name AS program, ceiling_idr, realised_idr, ordering
    FROM budget_lines
    WHERE fund_source = 'APBN' AND level = 'programme'
)
SELECT program, ceiling_idr, realised_idr
FROM counted
ORDER BY ordering, record
