from django.urls import path

from sasando.files import views

app_name = "files"
urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<int:number>/", views.job, name="job"),
    path("<int:number>/kemajuan/", views.progress, name="progress"),
]
