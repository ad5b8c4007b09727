from django.urls import path

from sasando.publications import views

app_name = "publications"
EDITION = "<int:year>/<slug:kind>/<slug:audience>/<int:number>"
urlpatterns = [
    path("", views.edition_list, name="list"),
    path("buku.css", views.style, name="style"),
    path("siapkan/", views.prepare, name="prepare"),
    path(f"{EDITION}/", views.edition, name="edition"),
    path(f"{EDITION}/bagian/<int:part>/", views.chapter, name="chapter"),
    path(f"{EDITION}/berkas/<path:name>", views.file, name="file"),
    path(f"{EDITION}/paraf/", views.initial, name="initial"),
    path(f"{EDITION}/terbitkan/", views.publish, name="publish"),
    path(f"{EDITION}/tarik/", views.withdraw, name="withdraw"),
    path(f"{EDITION}/ralat/", views.count_errata, name="count_errata"),
]
