from django.urls import path

from sasando.places import views

app_name = "places"
urlpatterns = [
    path("", views.place_list, name="list"),
    path("<str:code>/", views.place, name="place"),
]
