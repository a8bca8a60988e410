from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

BEGUN = action("dialogues.begun", _("Dialogue begun"))
STATEMENT_ADDED = action("dialogues.statement_added", _("Statement added"))
STATEMENT_ACCEPTED = action("dialogues.statement_accepted", _("Statement of a voice taken in"))
STATEMENT_REJECTED = action("dialogues.statement_rejected", _("Statement of a voice left out"))
CLOSED = action("dialogues.closed", _("Dialogue closed"))
