from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

PLANNED = action("meetings.planned", _("Circle meeting planned"))
MINUTES_WRITTEN = action("meetings.minutes_written", _("Minutes of a circle meeting written"))
