from django.urls import path, re_path

from erdkreis.pulse.views import model, preparing, telling

app_name = "pulse"
_TEAM = "pulses/<int:pk>/teams/<int:team_pk>/"
urlpatterns = [
    path("load/", model.curve, name="curve"),
    re_path(r"^load/load\.(?P<ending>svg|csv)$", model.curve_file, name="curve_file"),
    path("circles/<slug:slug>/pulse/", preparing.pulses, name="pulses"),
    path("circles/<slug:slug>/pulse/new/", preparing.new, name="new"),
    path("pulses/<int:pk>/", preparing.pulse, name="pulse"),
    path("pulses/<int:pk>/change/", preparing.change, name="change"),
    path("pulses/<int:pk>/questions/", preparing.questions, name="questions"),
    path("pulses/<int:pk>/words/", preparing.words, name="words"),
    path("pulses/<int:pk>/start/", preparing.start, name="start"),
    path("pulses/<int:pk>/pause/", preparing.pause, name="pause"),
    path("pulses/<int:pk>/go-on/", preparing.go_on, name="go_on"),
    path("pulses/<int:pk>/end/", preparing.end, name="end"),
    path(_TEAM, preparing.team, name="team"),
    path(f"{_TEAM}list/", preparing.look_through, name="look_through"),
    path(f"{_TEAM}list/take/", preparing.take_list, name="take_list"),
    path(f"{_TEAM}list/clear/", preparing.clear_list, name="clear_list"),
    path(f"{_TEAM}codes/", preparing.codes, name="codes"),
    path("pulse/<slug:slug>/", telling.told, name="told"),
    path("pulse/<slug:slug>/<int:team_pk>/", telling.team, name="told_team"),
]
