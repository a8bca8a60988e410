from django.utils.translation import gettext_lazy as _

from erdkreis.circles.journal import action

SEALED = action("questionnaires.sealed", _("Leadership’s view sealed"), is_public=True)
QUESTIONS_CHOSEN = action(
    "questionnaires.questions_chosen", _("Further questions chosen"), is_public=True
)
