"""Composes the rooms' pages."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("sasando.desk.urls")),
    path("masuk/", include("sasando.accounts.urls")),
    path("pekerjaan/", include("sasando.files.urls")),
    path("tempat/", include("sasando.places.urls")),
    path("dinas/", include("sasando.office.urls")),
    path("pegawai/", include("sasando.staff.urls")),
    path("anggaran/", include("sasando.budget.urls")),
    path("keluarga/", include("sasando.registry.urls")),
    path("mitra/", include("sasando.partners.urls")),
    path("bantuan/", include("sasando.programmes.urls")),
    path("bencana/", include("sasando.relief.urls")),
    path("kasus/", include("sasando.cases.urls")),
    path("kinerja/", include("sasando.planning.urls")),
    path("statistik/", include("sasando.statistics.urls")),
    path("buku/", include("sasando.publications.urls")),
]
