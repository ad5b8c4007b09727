/*
id: t12_budget_apbd
title: {id: Realisasi Keuangan APBD, en: "Regency budget: ceiling and realisation"}
fact: budget_lines
source: {id: DPA/DPPA dan laporan realisasi bendahara, en: Budget documents and the treasurer's reports}
definition:
  id: Pagu perubahan terakhir dan realisasi sampai tanggal posisi data, sampai tingkat program. Jumlah adalah baris teratas.
  en: Latest ceiling and realisation up to the as-of date, down to programmes. The total is that of the topmost lines.
columns:
  - {key: code, role: label, title: {id: Kode, en: Code}}
  - {key: line, role: label, title: {id: Uraian, en: Line}}
  - {key: parent, role: label, title: {id: Induk, en: Part of}}
  - {key: ceiling_idr, role: amount, unit: IDR, records: true, title: {id: Pagu (Rp), en: Ceiling (Rp)}, totals: top}
  - {key: realised_idr, role: amount, unit: IDR, records: true, title: {id: Realisasi (Rp), en: Realised (Rp)}, totals: top}
  - key: percent
    role: percent
    unit: "%"
    percent: {of: realised_idr, by: ceiling_idr}
    title: {id: Realisasi (%), en: Realised (%)}
*/
WITH counted AS (
    SELECT
        record,
        code,
        name AS line,
        nullif(parent_code, '') AS parent,
        ceiling_idr,
        realised_idr,
        ordering
    FROM budget_lines
    WHERE is_office_budget AND level <> 'activity'
)
SELECT code, line, parent, ceiling_idr, realised_idr
FROM counted
ORDER BY ordering, record
