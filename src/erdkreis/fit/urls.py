from typing import Any

from django.urls import URLPattern, include, path

from erdkreis.fit.access import View, for_provider, for_seeker
from erdkreis.fit.views import door, provider, record, steps


def _both(seated: Any) -> list[URLPattern]:
    """Return the pages that both sides have, each at its own address."""

    def at(route: str, view: View, name: str) -> URLPattern:
        seat: View = seated(view)
        return path(route, seat, name=name)

    return [
        at("", steps.here, "here"),
        at("<int:number>/", steps.step, "step"),
        at("<int:number>/on/", steps.on, "on"),
        at("lines/<int:line_pk>/", steps.line, "line"),
        at("lines/<int:line_pk>/delete/", steps.delete, "delete"),
        at("lines/<int:line_pk>/mark/", steps.mark, "mark"),
        at("not-yet/", steps.not_yet, "not_yet"),
        at("summary/", record.summary, "summary"),
        at("summary/print/", record.sheet, "sheet"),
        at("summary.pdf", record.pdf, "pdf"),
    ]


app_name = "fit"
urlpatterns = [
    path("circles/<slug:slug>/fit/", provider.conversations, name="conversations"),
    path("circles/<slug:slug>/fit/new/", provider.new, name="new"),
    path(
        "fit/<int:pk>/",
        include(
            (
                [
                    *_both(for_provider),
                    path("invite/", for_provider(provider.invite), name="invite"),
                ],
                "provider",
            )
        ),
    ),
    path("f/in/<str:code>/", door.invited, name="invited"),
    path("f/own/<str:code>/", door.own, name="own"),
    path("f/again/<str:code>/", door.asked_again, name="asked_again"),
    path(
        "f/<slug:slug>/",
        include(
            (
                [
                    *_both(for_seeker),
                    path("again/", for_seeker(record.ask_again), name="ask_again"),
                    path("look-back/", for_seeker(record.look_back), name="look_back"),
                    path("voice/", for_seeker(record.be_a_voice), name="voice"),
                ],
                "seeker",
            )
        ),
    ),
]
