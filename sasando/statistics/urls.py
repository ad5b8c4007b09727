from django.urls import path, register_converter

from sasando.base.exports import TYPES
from sasando.statistics.views import board, findings, tables, year


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
    path("", year.year, name="latest"),
    path("catatan/", findings.findings, name="latest_findings"),
    path("pengumpulan/", board.board, name="latest_board"),
    path("<int:number>/", year.year, name="year"),
    path("<int:number>/kunci/", year.seal, name="seal"),
    path("<int:number>/catatan/", findings.findings, name="findings"),
    path("<int:number>/pengumpulan/", board.board, name="board"),
    path("<int:number>/pengumpulan/pembagian/", board.assign, name="assign"),
    path("<int:number>/pengumpulan/salin/", board.carry_over, name="carry_over"),
    path("<int:number>/pengumpulan/<str:table_id>/", board.hand_in, name="hand_in"),
    path("<int:number>/pengumpulan/<str:table_id>/periksa/", board.verify, name="verify"),
    path("<int:number>/pengumpulan/<str:table_id>/dasar/", board.basis, name="basis"),
    path("<int:number>/pengumpulan/<str:table_id>/isi/", board.fill, name="fill"),
    path("<int:number>/pengumpulan/<str:table_id>/isi.xlsx", board.template, name="template"),
    path("<int:number>/<str:table_id>/", tables.table, name="table"),
    path("<int:number>/<str:table_id>/rincian/", tables.records, name="records"),
    path("<int:number>/<str:table_id>/berkas.<file_format:file_format>", tables.download, name="download"),
]
