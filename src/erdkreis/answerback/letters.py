"""The mail that says what was heard, to everyone who was invited by mail."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from erdkreis.answerback.models import AnswerBack
from erdkreis.web.languages import EASY, PARAMETER


def what_we_heard(answer: AnswerBack, link: str, language: str) -> tuple[str, str]:
    """Return subject and body in a language; the link opens the page in plain German, too."""
    round_ = answer.round
    with translation.override(language):
        names = {
            "org": round_.circle.organisation.name,
            "link": f"{link}?{PARAMETER}={EASY}" if language == EASY else link,
            "said": answer.said,
            "heard": answer.heard,
            "trying": answer.trying,
            "not_doing": answer.not_doing,
            "day": date_format(answer.look_again_on) if answer.look_again_on else "–",
            "host": round_.named_person,
        }
        return _("What we heard"), _(
            "Hello,\n\n"
            "Some time ago we asked for your view of %(org)s. Thank you for taking part, and "
            "for reading this if you did not.\n\n"
            "What you said:\n%(said)s\n\n"
            "What we heard:\n%(heard)s\n\n"
            "What we try:\n%(trying)s\n\n"
            "What we do not do, and why:\n%(not_doing)s\n\n"
            "On %(day)s we look again together. You are invited.\n"
            "The whole page: %(link)s\n\n"
            "Kind regards\n%(host)s"
        ) % names
