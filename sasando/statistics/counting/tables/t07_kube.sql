/*
id: t07_kube
title: {id: Kelompok Usaha Bersama (KUBE), en: Joint business groups of poor families (KUBE)}
fact: groups
source: {id: Data KUBE Dinas Sosial, en: Register of groups of the office}
definition:
  id: KUBE yang dibina pada tanggal posisi data dan keluarga anggotanya, menurut desa.
  en: Groups on the as-of date and their member families, by village.
columns:
  - {key: district, role: label, title: {id: Kecamatan, en: District}}
  - {key: village, role: label, title: {id: Desa/Kelurahan, en: Village}}
  - {key: groups, role: count, unit: group, records: true, title: {id: Jumlah KUBE, en: Groups}}
  - {key: families, role: count, unit: family, records: true, title: {id: Jumlah KK, en: Families}}
*/
WITH counted AS (
    SELECT
        groups.record,
        groups.village_code,
        places.district_name AS district,
        places.name AS village,
        groups.families
    FROM groups LEFT JOIN places ON places.code = groups.village_code
)
SELECT district, village, count(*) AS groups, sum(families) AS families
FROM counted
GROUP BY village_code, district, village
ORDER BY village_code NULLS LAST
