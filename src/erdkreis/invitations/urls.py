from django.urls import path, re_path

from erdkreis.invitations.views import mail, paper, stop, ways_in

app_name = "invitations"
_GROUP = "rounds/<int:pk>/links/<slug:slug>/"
urlpatterns = [
    path("rounds/<int:pk>/links/", ways_in.links, name="links"),
    re_path(
        r"^rounds/(?P<pk>\d+)/links/(?P<slug>[-\w]+)\.(?P<kind>svg|png)$", ways_in.qr, name="qr"
    ),
    path("rounds/<int:pk>/invite/again/", ways_in.start_again, name="start_again"),
    path(f"{_GROUP}mail/", mail.mail, name="mail"),
    path(f"{_GROUP}list/", mail.look_through, name="look_through"),
    path(f"{_GROUP}list/take/", mail.take_list, name="take_list"),
    path(f"{_GROUP}list/clear/", mail.clear_list, name="clear_list"),
    path(f"{_GROUP}mail/test/", mail.test, name="test_mail"),
    path(f"{_GROUP}mail/send/", mail.send, name="send"),
    path(f"{_GROUP}mail/remind/", mail.remind, name="remind"),
    path(f"{_GROUP}mail/again/", mail.try_again, name="try_again"),
    path(f"{_GROUP}mail/unreachable/", mail.unreachable, name="unreachable"),
    path(f"{_GROUP}poster/", paper.poster, name="poster"),
    path(f"{_GROUP}poster.pdf", paper.poster_pdf, name="poster_pdf"),
    path(f"{_GROUP}codes/", paper.codes, name="codes"),
    path("rounds/<int:pk>/guardians/<slug:slug>/", ways_in.guardians, name="guardians"),
    path("rounds/<int:pk>/guardians/<slug:slug>/ask/", mail.ask_guardian, name="ask_guardian"),
    path("stop/<str:token>/", stop.stop, name="stop"),
]
