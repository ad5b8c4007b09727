from django.urls import path

from sasando.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.log_in, name="log_in"),
    path("keluar/", views.log_out, name="log_out"),
    path("hak-saya/", views.my_rights, name="my_rights"),
]
