/*
id: t06_pmks_survey_villages
title: {id: Desa/Kelurahan yang Dilakukan Pendataan PMKS, en: Villages surveyed for social-welfare needs}
fact: village_surveys
source: {id: Pendataan PMKS Dinas Sosial, en: Surveys of the office}
definition:
  id: Desa dan kelurahan yang didata dalam tahun ini, dengan nama resminya.
  en: Villages surveyed in the year, under their official names.
columns:
  - {key: district, role: label, title: {id: Kecamatan, en: District}}
  - {key: village, role: label, title: {id: Desa/Kelurahan, en: Village}}
  - {key: kind, role: label, title: {id: Jenis, en: Kind}}
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
SELECT district, village, kind
FROM counted
ORDER BY district_code NULLS LAST, kind = 'kelurahan', village_code
