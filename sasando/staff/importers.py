"""The files an office loads about the people who work for it; README.md lists their columns."""

from sasando.base.importing import Importer
from sasando.base.permissions import Permission
from sasando.staff import actions

EMPLOYEES = Importer(
    kind="employees",
    title="Civil servants with present rank, degree and post",
    columns={
        "nip": ("nomor induk pegawai",),
        "name": ("nama", "nama pegawai"),
        "sex": ("jenis kelamin", "l p", "kelamin"),
        "birth_date": ("tanggal lahir", "tgl lahir"),
        "rank": ("golongan", "gol", "pangkat golongan", "gol ruang", "golongan ruang"),
        "rank_from": ("tmt pangkat", "tmt golongan", "tmt gol"),
        "education": ("pendidikan", "pendidikan terakhir"),
        "earned_on": ("tanggal ijazah", "lulus"),
        "unit": ("kode unit", "unit kerja"),
        "post": ("kode jabatan", "jabatan", "jabatan struktural", "nama jabatan"),
        "position_group": ("kelompok jabatan",),
        "appointed_from": ("tmt jabatan",),
        "kind": ("jenis", "jenis pegawai", "status"),
    },
    required=("nip", "name"),
    load=actions.load_employees,
    permission=Permission.EDIT_STAFF,
)
AUXILIARIES = Importer(
    kind="non-civil-servants",
    title="Contract staff, facilitators, volunteers and social workers",
    columns={
        "name": ("nama",),
        "sex": ("jenis kelamin", "l p", "kelamin"),
        "role": ("tugas", "jabatan", "peran"),
        "kind": ("jenis", "jenis tenaga"),
        "valid_from": ("from_date", "mulai bertugas", "tmt"),
        "valid_to": ("to_date", "selesai bertugas"),
        "unit": ("kode unit", "unit kerja"),
        "place": ("kode wilayah", "wilayah", "tempat tugas"),
    },
    required=("name", "sex", "kind"),
    load=actions.load_auxiliaries,
    permission=Permission.EDIT_STAFF,
)

IMPORTERS = [EMPLOYEES, AUXILIARIES]
