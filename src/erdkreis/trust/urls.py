from django.urls import path

from erdkreis.trust import views

app_name = "trust"
urlpatterns = [
    path("account/data/", views.own_data, name="own_data"),
    path("account/data/erdkreis.json", views.own_data_file, name="own_data_file"),
    path("trust/", views.installation, name="installation"),
    path("trust/trust.pdf", views.installation_pdf, name="installation_pdf"),
    path("e/<slug:slug>/trust/", views.round_page, name="round"),
    path("e/<slug:slug>/trust.pdf", views.round_pdf, name="round_pdf"),
]
