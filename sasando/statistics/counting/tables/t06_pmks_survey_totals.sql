/*
id: t06_pmks_survey_totals
title: {id: Jumlah Desa/Kelurahan yang Didata PMKS, en: Villages surveyed for social-welfare needs}
fact: village_surveys
source: {id: Pendataan PMKS Dinas Sosial, en: Surveys of the office}
definition:
  id: Desa dan kelurahan yang didata dalam tahun ini, masing-masing dihitung satu kali. Kecamatan tanpa pendataan tidak dimuat.
  en: Villages surveyed in the year, each once. Districts without a survey are not listed.
columns:
  - {key: district, role: label, title: {id: Kecamatan, en: District}}
  - {key: desa, role: count, unit: village, records: kind <> 'kelurahan', title: {id: Desa, en: Rural villages}}
  - {key: kelurahan, role: count, unit: village, records: kind = 'kelurahan', title: {id: Kelurahan, en: Urban villages}}
  - {key: total, role: count, unit: village, records: true, title: {id: Jumlah, en: Total}}
*/
WITH surveyed AS (
    SELECT
        record,
        village_code,
        row_number() OVER (PARTITION BY village_code ORDER BY surveyed_on DESC, record DESC) AS newest
    FROM village_surveys
),
counted AS (
    SELECT
        surveyed.record,
        surveyed.village_code,
        places.district_code,
        places.district_name AS district,
        places.name AS village,
        places.kind
    FROM surveyed LEFT JOIN places ON places.code = surveyed.village_code
    WHERE newest = 1
)
SELECT
    district,
    count(*) FILTER (WHERE kind <> 'kelurahan') AS desa,
    count(*) FILTER (WHERE kind = 'kelurahan') AS kelurahan,
    count(*) AS total
FROM counted
GROUP BY district_code, district
ORDER BY district_code NULLS LAST
