from django.urls import path

from sasando.registry import views

app_name = "registry"
urlpatterns = [
    path("", views.families, name="families"),
    path("ekspor/", views.export, name="export"),
    path("cari/", views.find, name="find"),
]
