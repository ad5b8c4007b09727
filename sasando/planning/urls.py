from django.urls import path

from sasando.planning import views

app_name = "planning"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/perjanjian/", views.agreement, name="agreement"),
    path("<int:year>/angka/", views.typed_figures, name="typed_figures"),
    path("<int:year>/angka/isi/", views.type_figure, name="type_figure"),
]
