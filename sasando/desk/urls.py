from django.urls import path

from sasando.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("keluarga/<int:pk>/", views.family, name="family"),
    path("components/", views.components, name="components"),
]
