from django.urls import path

import sasando.base.addresses  # noqa: F401  registers <year:…>
from sasando.budget import views

app_name = "budget"
urlpatterns = [
    path("", views.index, name="index"),
    path("<year:year>/", views.year, name="year"),
    path("muat/", views.load, name="load"),
    path("muat/simpan/", views.apply, name="apply"),
]
