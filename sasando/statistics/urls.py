from django.urls import path, register_converter

from sasando.statistics import views
from sasando.statistics.downloads import TYPES


class FormatConverter:
    """A kind of file that a table can be taken along as."""

    regex = "|".join(TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "file_format")

app_name = "statistics"
urlpatterns = [
    path("", views.year, name="latest"),
    path("catatan/", views.findings, name="latest_findings"),
    path("pengumpulan/", views.board, name="latest_board"),
    path("<int:number>/", views.year, name="year"),
    path("<int:number>/kunci/", views.seal, name="seal"),
    path("<int:number>/catatan/", views.findings, name="findings"),
    path("<int:number>/pengumpulan/", views.board, name="board"),
    path("<int:number>/pengumpulan/pembagian/", views.assign, name="assign"),
    path("<int:number>/pengumpulan/salin/", views.carry_over, name="carry_over"),
    path("<int:number>/pengumpulan/<str:table_id>/", views.hand_in, name="hand_in"),
    path("<int:number>/pengumpulan/<str:table_id>/periksa/", views.verify, name="verify"),
    path("<int:number>/pengumpulan/<str:table_id>/dasar/", views.basis, name="basis"),
    path("<int:number>/pengumpulan/<str:table_id>/isi/", views.fill, name="fill"),
    path("<int:number>/pengumpulan/<str:table_id>/isi.xlsx", views.template, name="template"),
    path("<int:number>/<str:table_id>/", views.table, name="table"),
    path("<int:number>/<str:table_id>/rincian/", views.records, name="records"),
    path("<int:number>/<str:table_id>/berkas.<file_format:file_format>", views.download, name="download"),
]
