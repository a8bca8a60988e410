"""Words for answers."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from erdkreis.questionnaires.catalogue import Item, catalogue
from erdkreis.questionnaires.models import Answer

register = template.Library()


@register.simple_tag
def answer_text(answer: Answer | None, item: Item) -> str:
    """Say an answer in the words of its scale."""
    texts, language = catalogue(item.version), get_language() or "en"
    if answer is None:
        return _("not answered yet")
    if answer.status == Answer.Status.RATED and answer.value:
        return texts.scales[item.scale][answer.value - 1].in_language(language)
    if answer.status == Answer.Status.DONT_KNOW:
        label = "dont_know_guardian" if item.view == "guardian" else "dont_know"
        return texts.labels[label].in_language(language)
    return "" if answer.words else _("left out")


@register.filter
def is_future(day: date | None) -> bool:
    return day is not None and day > timezone.localdate()
