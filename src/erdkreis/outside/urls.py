from django.urls import path

from erdkreis.outside.views import host, public

app_name = "outside"
_CIRCLE, _ROUND = "circles/<slug:slug>/page/", "rounds/<int:pk>/page/"
urlpatterns = [
    path(_CIRCLE, host.circle_page, name="circle_page"),
    path(f"{_CIRCLE}look/", host.circle_look, name="circle_look"),
    path(f"{_CIRCLE}switch/", host.circle_switch, name="circle_switch"),
    path(_ROUND, host.round_page, name="round_page"),
    path(f"{_ROUND}look/", host.round_look, name="round_look"),
    path(f"{_ROUND}switch/", host.round_switch, name="round_switch"),
    # For everyone: no account, no cookie. Short, to be read aloud.
    path("c/<slug:slug>/", public.circle, name="circle"),
    path("c/<slug:slug>/card.png", public.circle_card, name="circle_card"),
    path("r/<slug:slug>/", public.round_, name="round"),
    path("r/<slug:slug>/card.png", public.round_card, name="round_card"),
    # The same for other sites, inside a frame.
    path("embed/c/<slug:slug>/", public.circle_embed, name="circle_embed"),
    path("embed/r/<slug:slug>/", public.round_embed, name="round_embed"),
]
