from django.urls import path

from sasando.programmes import views

app_name = "programmes"
urlpatterns = [
    path("", views.programme_list, name="list"),
    path("penyaluran/<int:pk>/", views.delivery, name="delivery"),
    path("penyaluran/<int:pk>/koreksi/", views.correct, name="correct"),
    path("program/<str:code>/", views.programme, name="programme"),
    path("program/<str:code>/ekspor/", views.export, name="export"),
]
