from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

RAISED = action("tensions.raised", _("Tension put into words"))
WORDED = action("tensions.worded", _("Tension worded anew"))
ACCEPTED = action("tensions.accepted", _("Noted that one side accepts the words"))
TREATED = action("tensions.treated", _("Chosen how to deal with a tension"))
ASSUMED = action("tensions.assumed", _("Assumption written down"))
SETTLED = action("tensions.settled", _("Settlement of a tension recorded"))
HANDED_OVER = action("tensions.handed_over", _("Red line handed over"))
ANSWERED = action("tensions.answered", _("Noted what was done about a red line"))
SET_ASIDE = action("tensions.set_aside", _("Tension set aside"))
TAKEN_UP = action("tensions.taken_up", _("Tension taken up again"))
