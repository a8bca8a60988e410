from django.urls import path

from erdkreis.questionnaires.views import (
    doors,
    entry,
    host,
    paper,
    questions,
    sending,
    slips,
    trial,
)

app_name = "questionnaires"
urlpatterns = [
    # Asked for most often, so tried first.
    path("e/<slug:slug>/<int:number>/", questions.page, name="page"),
    path("rounds/<int:pk>/cells/", host.cells, name="cells"),
    path("rounds/<int:pk>/try/", trial.choose, name="trial"),
    path("rounds/<int:pk>/try/<slug:code>/<int:number>/", trial.page, name="trial_page"),
    path("e/<slug:slug>", doors.short_address),
    path("e/<slug:slug>/", doors.door, name="door"),
    path("e/<slug:slug>/check/", sending.check, name="check"),
    path("e/<slug:slug>/thanks/", sending.thanks, name="thanks"),
    path("e/<slug:slug>/withdraw/", sending.withdraw, name="withdraw"),
    path("e/<slug:slug>/forget/", sending.forget, name="forget"),
    path("e/<slug:slug>/resume/", sending.resume, name="resume"),
    path("e/<slug:slug>/key/", slips.key, name="slip_key"),
    path("v/<slug:code>/", doors.personal, name="personal"),
    path("v/<slug:code>/signature/", slips.signature, name="slip_signature"),
    path("g/<slug:code>/", doors.guardian, name="guardian"),
    path("entry/", entry.start, name="entry_start"),
    path("rounds/<int:pk>/entry/", entry.batches, name="entry"),
    path("rounds/<int:pk>/entry/<int:batch_pk>/", entry.form, name="entry_form"),
    path(
        "rounds/<int:pk>/entry/<int:batch_pk>/back/",
        entry.take_back,
        name="entry_take_back",
    ),
    path("rounds/<int:pk>/entry/<int:batch_pk>/finish/", entry.finish, name="entry_finish"),
    path("rounds/<int:pk>/entry/<int:batch_pk>/check/", entry.check, name="entry_check"),
    path("rounds/<int:pk>/paper/<slug:slug>/", paper.paper, name="paper"),
    path("rounds/<int:pk>/paper/<slug:slug>.pdf", paper.paper_pdf, name="paper_pdf"),
]
