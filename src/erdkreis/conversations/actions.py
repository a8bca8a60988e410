from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

OPENED = action("conversations.opened", _("Conversation opened"))
MOVED_ON = action("conversations.moved_on", _("Conversation moved on to its next phase"))
MOVED_BACK = action("conversations.moved_back", _("Conversation moved back by a phase"))
FLOOR_GIVEN = action("conversations.floor_given", _("Leadership given the floor"))
FLOOR_TAKEN = action("conversations.floor_taken", _("Leadership asked to wait again"))
WRITTEN = action("conversations.written", _("Written as facilitator"))
PASSED_ON = action("conversations.passed_on", _("Words passed on for a group"))
SHOWN = action("conversations.shown", _("Decided that a contribution is shown"))
HIDDEN = action("conversations.hidden", _("Decided that a contribution is not shown"))
CLOSED = action("conversations.closed", _("Conversation closed"))
