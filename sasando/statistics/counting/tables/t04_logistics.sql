/*
id: t04_logistics
title:
  id: Lansia Terlantar, Penyandang Disabilitas dan Anak yang Mendapat Bantuan
  en: Neglected elderly, disabled persons and children given aid
fact: deliveries
source: {id: Data penyaluran Dinas Sosial, en: Deliveries recorded by the office}
definition:
  id: >-
    Orang yang menerima logistik atau jaminan hidup dalam tahun ini, satu kali per jenis bantuan, menurut penyaluran
    terakhirnya; yang disalurkan melalui panti dihitung pada pantinya.
  en: >-
    Persons given logistics or a living allowance in the year, once for each kind, by their latest delivery; what went
    through a home counts at that home.
columns:
  - {key: district, role: label, title: {id: Kecamatan / Panti, en: District or home}}
  - {key: village, role: label, title: {id: Desa/Kelurahan, en: Village}}
  - key: elderly_persons
    role: count
    unit: person
    records: programme = 'LOGISTIK-LANSIA'
    title: {id: Lansia terlantar, en: Neglected elderly}
  - key: disabled_persons
    role: count
    unit: person
    records: programme = 'LOGISTIK-DISABILITAS'
    title: {id: Penyandang disabilitas, en: Disabled persons}
  - key: living_allowance_children
    role: count
    unit: person
    records: programme = 'JAMINAN-HIDUP'
    title: {id: Anak penerima jaminan hidup, en: Children with a living allowance}
*/
WITH given AS (
    SELECT
        record,
        programme,
        through,
        village_code,
        district_code,
        row_number() OVER (PARTITION BY programme, recipient ORDER BY delivered_on DESC, record DESC) AS newest
    FROM deliveries
    WHERE
        recipient_kind = 'person'
        AND programme IN ('LOGISTIK-LANSIA', 'LOGISTIK-DISABILITAS', 'JAMINAN-HIDUP')
),
counted AS (
    SELECT
        given.record,
        programme,
        given.village_code,
        coalesce(through, districts.name) AS district,
        CASE WHEN through IS NULL THEN villages.name END AS village,
        CASE WHEN through IS NULL THEN given.village_code END AS row_code,
        through IS NOT NULL AS at_home
    FROM given
    LEFT JOIN places AS districts ON districts.code = given.district_code
    LEFT JOIN places AS villages ON villages.code = given.village_code
    WHERE newest = 1
)
SELECT
    district,
    village,
    CASE WHEN NOT at_home OR count(*) FILTER (WHERE programme = 'LOGISTIK-LANSIA') > 0
        THEN count(*) FILTER (WHERE programme = 'LOGISTIK-LANSIA') END AS elderly_persons,
    CASE WHEN NOT at_home OR count(*) FILTER (WHERE programme = 'LOGISTIK-DISABILITAS') > 0
        THEN count(*) FILTER (WHERE programme = 'LOGISTIK-DISABILITAS') END AS disabled_persons,
    nullif(count(*) FILTER (WHERE programme = 'JAMINAN-HIDUP'), 0) AS living_allowance_children
FROM counted
GROUP BY at_home, row_code, district, village
ORDER BY at_home, row_code NULLS LAST, district
