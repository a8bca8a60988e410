from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

WRITTEN = action("answerback.written", _("Answer back written"))
CORRECTED = action("answerback.corrected", _("Answer back corrected"), is_public=True)
PUBLISHED = action("answerback.published", _("Answer back published"), is_public=True)
SENT = action("answerback.sent", _("Answer back sent"), is_public=True)
