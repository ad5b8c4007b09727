from django.urls import path

from sasando.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("components/", views.components, name="components"),
]
