from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

QUESTIONS_BROUGHT = action("imports.questions_brought", _("Own questions brought along"))
ROUND_PREPARED = action("imports.round_prepared", _("Round prepared with own questions"))
ANSWERS_BROUGHT = action(
    "imports.answers_brought", _("Answers from a file taken in"), is_public=True
)
CONVERSATION_BROUGHT = action(
    "imports.conversation_brought", _("Published dialogue taken in"), is_public=True
)
