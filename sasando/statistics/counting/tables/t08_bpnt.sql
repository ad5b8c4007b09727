/*
id: t08_bpnt
title: {id: Keluarga Penerima Manfaat yang Mendapat BPNT, en: Families in the food assistance programme BPNT}
fact: families
source: {id: Daftar salur BPNT Kementerian Sosial, en: Distribution lists of the Ministry of Social Affairs}
definition:
  id: Keluarga pada daftar salur BPNT tahun ini, dihitung satu kali di kecamatan pada daftar terakhirnya.
  en: Families on the year's BPNT lists, once, in the district of their latest list.
columns:
  - {key: district, role: label, title: {id: Kecamatan, en: District}}
  - {key: families, role: count, unit: family, records: true, title: {id: Jumlah KPM, en: Families}}
*/
WITH entitled AS (
    SELECT
        family,
        village_code,
        district_code,
        row_number() OVER (PARTITION BY family ORDER BY begins_on DESC, record DESC) AS newest
    FROM entitlements
    WHERE programme = 'BPNT'
),
counted AS (
    SELECT family AS record, village_code, entitled.district_code, places.name AS district
    FROM entitled LEFT JOIN places ON places.code = entitled.district_code
    WHERE newest = 1
),
districts AS (
    SELECT code, name FROM places WHERE level = 'district'
)
SELECT districts.name AS district, count(record) AS families
FROM districts FULL JOIN counted ON counted.district_code = districts.code
WHERE EXISTS (SELECT 1 FROM counted)
GROUP BY districts.code, districts.name
ORDER BY districts.code NULLS LAST
