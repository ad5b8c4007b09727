from django.urls import path

from sasando.relief import views

app_name = "relief"
urlpatterns = [
    path("", views.events, name="events"),
    path("<int:pk>/", views.event, name="event"),
    path("<int:pk>/keluarga/", views.families, name="families"),
]
