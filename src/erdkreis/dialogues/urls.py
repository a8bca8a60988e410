from django.urls import include, path, re_path

from erdkreis.dialogues.views import host, voter

app_name = "dialogues"
for_voters = [
    # Asked for most often, so tried first.
    path("<slug:slug>/vote/", voter.vote, name="vote"),
    path("<slug:slug>", voter.short_address),
    path("<slug:slug>/", voter.door, name="door"),
    path("<slug:slug>/statements/", voter.statements, name="statements"),
    path("<slug:slug>/statements/<int:pk>/undo/", voter.undo, name="undo"),
    path("<slug:slug>/write/", voter.write, name="write"),
    path("<slug:slug>/picture/", voter.picture, name="picture"),
    path("<slug:slug>/withdraw/", voter.withdraw, name="withdraw"),
    path("<slug:slug>/forget/", voter.forget, name="forget"),
    path("<slug:slug>/resume/", voter.resume, name="resume"),
]
urlpatterns = [
    path("d/", include(for_voters)),
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
