/*
id: t01_staff
title: {id: Keadaan Pegawai Negeri Sipil, en: Civil servants}
fact: employees
source: {id: Data kepegawaian Dinas Sosial, en: Personnel files of the office}
definition:
  id: Pegawai yang menduduki jabatan atau ditempatkan pada tanggal posisi data; S1 mencakup S1 ke atas.
  en: Civil servants appointed on the as-of date; S1 counts bachelor degrees and higher.
columns:
  - {key: "no", role: ordinal, title: {id: "No", en: "No"}}
  - {key: position, role: label, title: {id: Jabatan, en: Position}}
  - {key: male, role: count, unit: person, records: sex = 'male', title: {id: Laki-laki, en: Male}}
  - {key: female, role: count, unit: person, records: sex = 'female', title: {id: Perempuan, en: Female}}
  - {key: grade_iv, role: count, unit: person, records: grade = 'IV', title: {id: Golongan IV, en: Grade IV}}
  - {key: grade_iii, role: count, unit: person, records: grade = 'III', title: {id: Golongan III, en: Grade III}}
  - {key: grade_ii, role: count, unit: person, records: grade = 'II', title: {id: Golongan II, en: Grade II}}
  - {key: edu_s1, role: count, unit: person, records: education = 'S1', title: {id: S1, en: Bachelor and higher}}
  - {key: edu_d3, role: count, unit: person, records: education = 'D3', title: {id: D3, en: Diploma}}
  - {key: edu_slta, role: count, unit: person, records: education = 'SLTA', title: {id: SLTA, en: Senior high school}}
  - {key: total, role: count, unit: person, records: true, title: {id: Jumlah, en: Total}}
*/
WITH positions AS (
    SELECT * FROM (VALUES
        (1, 'head', 'Kepala Dinas'),
        (2, 'secretary', 'Sekretaris'),
        (3, 'division_head', 'Kepala Bidang'),
        (4, 'section_head', 'Kasubag/Kasie'),
        (5, 'staff', 'Pelaksana')
    ) AS listed(number, position_group, position)
),
counted AS (
    SELECT record, number AS "no", position, sex, grade, education
    FROM employees LEFT JOIN positions ON positions.position_group = employees.position_group
)
SELECT
    number AS "no",
    positions.position,
    count(record) FILTER (WHERE sex = 'male') AS male,
    count(record) FILTER (WHERE sex = 'female') AS female,
    count(record) FILTER (WHERE grade = 'IV') AS grade_iv,
    count(record) FILTER (WHERE grade = 'III') AS grade_iii,
    count(record) FILTER (WHERE grade = 'II') AS grade_ii,
    count(record) FILTER (WHERE education = 'S1') AS edu_s1,
    count(record) FILTER (WHERE education = 'D3') AS edu_d3,
    count(record) FILTER (WHERE education = 'SLTA') AS edu_slta,
    count(record) AS total
FROM positions FULL JOIN counted ON counted."no" = positions.number
WHERE EXISTS (SELECT 1 FROM counted)
GROUP BY number, positions.position
ORDER BY number NULLS LAST
