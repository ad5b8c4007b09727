/*
id: t05_violence_by_kind
title:
  id: Anak Korban Tindak Kekerasan yang Dikunjungi, Menurut Jenis Kasus
  en: Children harmed by violence and visited at home, by kind of harm
fact: cases
sensitivity: sensitive
source: {id: Data kasus Dinas Sosial, en: Cases handled by the office}
definition:
  id: Anak (di bawah 18 tahun) dengan kasus yang mendapat kunjungan rumah dalam tahun ini; satu kasus satu anak.
  en: Children (under 18) whose case had a home visit in the year; one case is one child.
columns:
  - {key: case_kind, role: label, title: {id: Jenis kasus, en: Kind of harm}}
  - {key: children, role: count, unit: person, records: true, title: {id: Jumlah anak, en: Children}}
*/
WITH counted AS (
    SELECT record, village_code, kinds AS case_kind
    FROM cases
    WHERE visits > 0 AND age < 18
)
SELECT case_kind, count(*) AS children
FROM counted
GROUP BY case_kind
ORDER BY children DESC, case_kind
