from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

PREPARED = action("pulse.prepared", _("Pulse prepared"))
CHANGED = action("pulse.changed", _("Pulse changed"))
LIST_TAKEN = action("pulse.list_taken", _("Addresses taken in for a pulse"))
LIST_CLEARED = action("pulse.list_cleared", _("Addresses of a pulse deleted"))
STARTED = action("pulse.started", _("Pulse started"))
PAUSED = action("pulse.paused", _("Pulse paused"))
GONE_ON = action("pulse.gone_on", _("Pulse goes on"))
ENDED = action("pulse.ended", _("Pulse ended"))
TAKEN_OUT = action("pulse.taken_out", _("A text of a pulse taken out"))
# How many codes exist is for everyone to know: whoever makes too many could vote with them.
CODES_MADE = action("pulse.codes_made", _("One-time codes made for a pulse"), is_public=True)
