/*
id: t03_pkh
title: {id: Keluarga Penerima Manfaat yang Mendapat Bantuan PKH, en: Families in the conditional cash programme PKH}
fact: families
source: {id: Daftar bayar PKH Kementerian Sosial, en: Payment lists of the Ministry of Social Affairs}
definition:
  id: Keluarga pada daftar bayar PKH tahap salur tahun ini, dihitung satu kali di kecamatan pada daftar terakhirnya.
  en: Families on the year's PKH payment lists, once, in the district of their latest list; the amount is that of all lists.
columns:
  - {key: district, role: label, title: {id: Kecamatan, en: District}}
  - {key: families, role: count, unit: family, records: true, title: {id: Jumlah KPM, en: Families}}
  - {key: amount_idr, role: amount, unit: IDR, records: true, title: {id: Jumlah Bantuan (Rp), en: Amount (Rp)}}
*/
WITH entitled AS (
    SELECT
        family,
        village_code,
        district_code,
        sum(amount_idr) OVER (PARTITION BY family) AS amount_idr,
        row_number() OVER (PARTITION BY family ORDER BY begins_on DESC, record DESC) AS newest
    FROM entitlements
    WHERE programme = 'PKH'
),
counted AS (
    SELECT family AS record, village_code, entitled.district_code, places.name AS district, amount_idr
    FROM entitled LEFT JOIN places ON places.code = entitled.district_code
    WHERE newest = 1
),
districts AS (
    SELECT code, name FROM places WHERE level = 'district'
)
SELECT districts.name AS district, count(record) AS families, coalesce(sum(amount_idr), 0) AS amount_idr
FROM districts FULL JOIN counted ON counted.district_code = districts.code
WHERE EXISTS (SELECT 1 FROM counted)
GROUP BY districts.code, districts.name
ORDER BY districts.code NULLS LAST
