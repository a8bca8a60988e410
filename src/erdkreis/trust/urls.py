from django.urls import path

from erdkreis.trust import guardian_views, views

app_name = "trust"
urlpatterns = [
    path("account/data/", views.own_data, name="own_data"),
    path("account/data/erdkreis.json", views.own_data_file, name="own_data_file"),
    path("g/<slug:code>/data/", guardian_views.data, name="guardian_data"),
    path("g/<slug:code>/data/erdkreis.json", guardian_views.data_file, name="guardian_data_file"),
    path("trust/record/", views.record, name="record"),
    path("trust/record.pdf", views.record_pdf, name="record_pdf"),
    path("trust/", views.installation, name="installation"),
    path("trust/trust.pdf", views.installation_pdf, name="installation_pdf"),
    path("e/<slug:slug>/trust/", views.round_page, name="round"),
    path("e/<slug:slug>/trust.pdf", views.round_pdf, name="round_pdf"),
]
