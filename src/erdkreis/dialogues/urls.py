from django.urls import path, re_path

from erdkreis.dialogues.views import host, voter

app_name = "dialogues"
urlpatterns = [
    # Asked for most often, so tried first.
    path("d/<slug:slug>/vote/", voter.vote, name="vote"),
    path("d/<slug:slug>", voter.short_address),
    path("d/<slug:slug>/", voter.door, name="door"),
    path("d/<slug:slug>/statements/", voter.statements, name="statements"),
    path("d/<slug:slug>/statements/<int:pk>/undo/", voter.undo, name="undo"),
    path("d/<slug:slug>/write/", voter.write, name="write"),
    path("d/<slug:slug>/picture/", voter.picture, name="picture"),
    path("d/<slug:slug>/withdraw/", voter.withdraw, name="withdraw"),
    path("d/<slug:slug>/forget/", voter.forget, name="forget"),
    path("d/<slug:slug>/resume/", voter.resume, name="resume"),
    path("circles/<slug:slug>/dialogues/", host.dialogues, name="dialogues"),
    path("circles/<slug:slug>/dialogues/new/", host.new, name="new"),
    path("dialogues/<int:pk>/", host.dialogue, name="dialogue"),
    path("dialogues/<int:pk>/moderation/", host.moderation, name="moderation"),
    path("dialogues/<int:pk>/results/", host.results, name="results"),
    path("dialogues/<int:pk>/open-data/<str:name>", host.open_data, name="open_data"),
    path("dialogues/<int:pk>/opinion/", host.opinion, name="opinion"),
    path("dialogues/<int:pk>/close/", host.close, name="close"),
    re_path(r"^dialogues/(?P<pk>\d+)/qr\.(?P<kind>svg|png)$", host.qr, name="qr"),
]
