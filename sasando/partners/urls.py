from django.urls import path

from sasando.partners import views

app_name = "partners"
urlpatterns = [
    path("kelompok/", views.groups, name="groups"),
    path("kelompok/<int:pk>/", views.group, name="group"),
    path("organisasi/", views.organisations, name="organisations"),
]
