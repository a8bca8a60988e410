from django.urls import path

from erdkreis.questionnaires import (
    entry_views,
    host_views,
    paper_views,
    slip_views,
    trial_views,
    views,
)

app_name = "questionnaires"
urlpatterns = [
    # Asked for most often, so tried first.
    path("e/<slug:slug>/<int:number>/", views.page, name="page"),
    path("rounds/<int:pk>/cells/", host_views.cells, name="cells"),
    path("rounds/<int:pk>/try/", trial_views.choose, name="trial"),
    path("rounds/<int:pk>/try/<slug:code>/<int:number>/", trial_views.page, name="trial_page"),
    path("e/<slug:slug>", views.short_address),
    path("e/<slug:slug>/", views.door, name="door"),
    path("e/<slug:slug>/check/", views.check, name="check"),
    path("e/<slug:slug>/thanks/", views.thanks, name="thanks"),
    path("e/<slug:slug>/withdraw/", views.withdraw, name="withdraw"),
    path("e/<slug:slug>/forget/", views.forget, name="forget"),
    path("e/<slug:slug>/resume/", views.resume, name="resume"),
    path("e/<slug:slug>/key/", slip_views.key, name="slip_key"),
    path("v/<slug:code>/", views.personal, name="personal"),
    path("v/<slug:code>/signature/", slip_views.signature, name="slip_signature"),
    path("g/<slug:code>/", views.guardian, name="guardian"),
    path("entry/", entry_views.start, name="entry_start"),
    path("rounds/<int:pk>/entry/", entry_views.batches, name="entry"),
    path("rounds/<int:pk>/entry/<int:batch_pk>/", entry_views.form, name="entry_form"),
    path(
        "rounds/<int:pk>/entry/<int:batch_pk>/back/",
        entry_views.take_back,
        name="entry_take_back",
    ),
    path("rounds/<int:pk>/entry/<int:batch_pk>/finish/", entry_views.finish, name="entry_finish"),
    path("rounds/<int:pk>/entry/<int:batch_pk>/check/", entry_views.check, name="entry_check"),
    path("rounds/<int:pk>/paper/<slug:slug>/", paper_views.paper, name="paper"),
    path("rounds/<int:pk>/paper/<slug:slug>.pdf", paper_views.paper_pdf, name="paper_pdf"),
]
