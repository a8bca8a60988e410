from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

MADE = action("pictures.made", _("Answering ended, picture made"), is_public=True)
NOTE_WRITTEN = action("pictures.note_written", _("Note on top of the picture written"))
WORDS_REDACTED = action("pictures.words_redacted", _("Words taken out"), is_public=True)
REQUEST_ANSWERED = action("pictures.request_answered", _("Request answered"), is_public=True)
PUBLISHED = action("pictures.published", _("Picture published"), is_public=True)
