/*
id: t01_non_civil_servants
title: {id: Tenaga Non Pegawai Negeri Sipil, en: People beside the civil servants}
fact: auxiliaries
source: {id: Data kepegawaian Dinas Sosial, en: Personnel files of the office}
definition:
  id: Tenaga kontrak, pendamping, pekerja sosial dan relawan yang bertugas pada tanggal posisi data.
  en: Contract staff, facilitators, social workers and volunteers at work on the as-of date.
columns:
  - {key: kind, role: label, title: {id: Jenis, en: Kind}}
  - {key: role, role: label, title: {id: Tugas, en: Role}}
  - {key: count, role: count, unit: person, records: true, title: {id: Jumlah, en: Count}}
*/
WITH counted AS (
    SELECT record, kind, role FROM auxiliaries
)
SELECT kind, role, count(*) AS "count"
FROM counted
GROUP BY kind, role
ORDER BY kind, min(record)
