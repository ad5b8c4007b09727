from django.urls import path

import sasando.base.addresses  # noqa: F401  registers <year:…>
from sasando.planning import views

app_name = "planning"
urlpatterns = [
    path("", views.index, name="index"),
    path("<year:year>/", views.year, name="year"),
    path("<year:year>/perjanjian/", views.agreement, name="agreement"),
    path("<year:year>/angka/", views.typed_figures, name="typed_figures"),
    path("<year:year>/angka/isi/", views.type_figure, name="type_figure"),
]
