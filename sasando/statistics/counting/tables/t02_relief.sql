/*
id: t02_relief
title:
  id: Keluarga Penerima Cadangan Beras Pemerintah dan Bantuan Tanggap Darurat
  en: Families given reserve rice and emergency aid
fact: families
source: {id: Data penyaluran Dinas Sosial, en: Deliveries recorded by the office}
definition:
  id: >-
    Keluarga yang menerima penyaluran dalam tahun ini, dihitung satu kali per jenis bantuan, di kecamatan penyaluran
    terakhirnya. Kecamatan tanpa penyaluran tidak dimuat.
  en: >-
    Families with a delivery in the year, once for each kind of aid, in the district of their latest delivery.
    Districts without any delivery are not listed.
columns:
  - {key: district, role: label, title: {id: Kecamatan, en: District}}
  - {key: rice_reserve_families, role: count, unit: family, records: rice, title: {id: Penerima CBP, en: Given reserve rice}}
  - key: emergency_families
    role: count
    unit: family
    records: emergency
    title: {id: Penerima bantuan tanggap darurat, en: Given emergency aid}
*/
WITH given AS (
    SELECT
        recipient,
        village_code,
        district_code,
        max(CASE WHEN programme = 'CBP' THEN 1 ELSE 0 END) OVER (PARTITION BY recipient) AS rice,
        max(CASE WHEN programme = 'TANGGAP-DARURAT' THEN 1 ELSE 0 END) OVER (PARTITION BY recipient) AS emergency,
        row_number() OVER (PARTITION BY recipient ORDER BY delivered_on DESC, record DESC) AS newest
    FROM deliveries
    WHERE recipient_kind = 'family' AND programme IN ('CBP', 'TANGGAP-DARURAT')
),
counted AS (
    SELECT
        recipient AS record,
        village_code,
        given.district_code,
        places.name AS district,
        rice = 1 AS rice,
        emergency = 1 AS emergency
    FROM given LEFT JOIN places ON places.code = given.district_code
    WHERE newest = 1
)
SELECT
    district,
    count(record) FILTER (WHERE rice) AS rice_reserve_families,
    nullif(count(record) FILTER (WHERE emergency), 0) AS emergency_families
FROM counted
GROUP BY district_code, district
ORDER BY district_code NULLS LAST
