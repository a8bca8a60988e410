"""Which room answers which address."""

from django.urls import include, path

from erdkreis.api.v1 import api

urlpatterns = [
    # Addresses are tried one after the other: where hundreds answer at once stands first.
    path("", include("erdkreis.dialogues.urls")),
    path("", include("erdkreis.questionnaires.urls")),
    path("", include("erdkreis.web.urls")),
    # Before home, to which any other word below circles/ is the address of a circle.
    path("circles/", include("erdkreis.circles.urls")),
    path("", include("erdkreis.jobs.urls")),
    path("", include("erdkreis.operations.urls")),
    path("", include("erdkreis.tensions.urls")),
    path("", include("erdkreis.conversations.urls")),
    path("", include("erdkreis.home.urls")),
    path("", include("erdkreis.trust.urls")),
    path("", include("erdkreis.reports.urls")),
    path("", include("erdkreis.outside.urls")),
    path("", include("erdkreis.imports.urls")),
    path("", include("erdkreis.api.urls")),
    path("api/v1/", api.urls),
    path("", include("erdkreis.answerback.urls")),
    path("", include("erdkreis.experiments.urls")),
    path("", include("erdkreis.meetings.urls")),
    path("", include("erdkreis.pictures.urls")),
    path("directory/", include("erdkreis.directory.urls")),
    path("", include("erdkreis.fit.urls")),
    path("", include("erdkreis.pulse.urls")),
    path("", include("erdkreis.invitations.urls")),
    path("", include("erdkreis.balances.urls")),
    path("", include("erdkreis.rounds.urls")),
    path("account/", include("erdkreis.accounts.urls")),
]

handler400 = "erdkreis.web.errors.bad_request"
handler403 = "erdkreis.web.errors.permission_denied"
handler404 = "erdkreis.web.errors.page_not_found"
handler500 = "erdkreis.web.errors.server_error"
