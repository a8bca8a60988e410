from django.urls import path

from erdkreis.trust import about_you_views, guardian_views, views

app_name = "trust"
urlpatterns = [
    path("account/data/", views.own_data, name="own_data"),
    path("account/data/erdkreis.json", views.own_data_file, name="own_data_file"),
    path("g/<slug:code>/data/", guardian_views.data, name="guardian_data"),
    path("g/<slug:code>/data/erdkreis.json", guardian_views.data_file, name="guardian_data_file"),
    path("about-you/", about_you_views.ask, name="about_you"),
    path("about-you/<str:ticket>/", about_you_views.by_address, name="by_address"),
    path(
        "about-you/<str:ticket>/erdkreis.json",
        about_you_views.by_address_file,
        name="by_address_file",
    ),
    path("t/<slug:slug>/data/", about_you_views.of_speaker, name="speaker_data"),
    path(
        "t/<slug:slug>/data/erdkreis.json",
        about_you_views.of_speaker_file,
        name="speaker_data_file",
    ),
    path("trust/record/", views.record, name="record"),
    path("trust/record.pdf", views.record_pdf, name="record_pdf"),
    path("trust/", views.installation, name="installation"),
    path("trust/trust.pdf", views.installation_pdf, name="installation_pdf"),
    path("e/<slug:slug>/trust/", views.round_page, name="round"),
    path("e/<slug:slug>/trust.pdf", views.round_pdf, name="round_pdf"),
]
