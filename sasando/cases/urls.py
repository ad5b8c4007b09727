from django.urls import path

from sasando.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("unit/", views.unit, name="unit"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/kunjungan/", views.add_visit, name="add_visit"),
    path("<int:pk>/petugas/", views.assign, name="assign"),
    path("<int:pk>/tutup/", views.close, name="close"),
]
