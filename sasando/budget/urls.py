from django.urls import path

from sasando.budget import views

app_name = "budget"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:year>/", views.year, name="year"),
    path("muat/", views.load, name="load"),
    path("muat/simpan/", views.apply, name="apply"),
]
