/*
id: t05_violence_by_district
title:
  id: Anak Korban Tindak Kekerasan yang Dikunjungi, Menurut Kecamatan
  en: Children harmed by violence and visited at home, by district
fact: cases
sensitivity: sensitive
source: {id: Data kasus Dinas Sosial, en: Cases handled by the office}
definition:
  id: Anak (di bawah 18 tahun) dengan kasus yang mendapat kunjungan rumah dalam tahun ini; satu kasus satu anak.
  en: Children (under 18) whose case had a home visit in the year; one case is one child.
columns:
  - {key: district, role: label, title: {id: Kecamatan, en: District}}
  - {key: children, role: count, unit: person, records: true, title: {id: Jumlah anak, en: Children}}
*/
WITH counted AS (
    SELECT cases.record, cases.village_code, cases.district_code, places.name AS district
    FROM cases LEFT JOIN places ON places.code = cases.district_code
    WHERE visits > 0 AND age < 18
)
SELECT district, count(*) AS children
FROM counted
GROUP BY district_code, district
ORDER BY district_code NULLS LAST
