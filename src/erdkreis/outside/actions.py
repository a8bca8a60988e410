from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

CIRCLE_WRITTEN = action("outside.circle_written", _("Public page of the circle written on"))
CIRCLE_SHOWN = action("outside.circle_shown", _("Public page of the circle opened to everyone"))
CIRCLE_TAKEN_BACK = action("outside.circle_taken_back", _("Public page of the circle taken back"))
ROUND_WRITTEN = action("outside.round_written", _("Public page of a round written on"))
ROUND_SHOWN = action(
    "outside.round_shown", _("Public page of a round opened to everyone"), is_public=True
)
ROUND_TAKEN_BACK = action(
    "outside.round_taken_back", _("Public page of a round taken back"), is_public=True
)
