from django.urls import path

from sasando.staff import views

app_name = "staff"
urlpatterns = [
    path("", views.employees, name="employees"),
    path("lainnya/", views.auxiliaries, name="auxiliaries"),
    path("bagan/", views.chart, name="chart"),
    path("unit/<str:code>/", views.unit, name="unit"),
]
