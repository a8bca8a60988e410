"""Deletion dates that act: a conversation goes after twelve months in which nobody touched it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from erdkreis.circles.models import Circle
from erdkreis.fit.analysis import keep_counts
from erdkreis.fit.models import FitConversation, WillingVoice


def delete_what_is_due() -> int:
    """Delete what nobody touched for twelve months; return how many conversations went."""
    long_ago = a_year_before(timezone.localdate())
    WillingVoice.objects.filter(month__lt=long_ago).delete()
    due = FitConversation.objects.filter(active_on__lte=long_ago)
    n = 0
    for circle in Circle.objects.filter(fit_conversations__in=due).distinct():
        with transaction.atomic():
            of_circle = due.filter(circle=circle)
            keep_counts(circle, of_circle)
            n += of_circle.count()
            of_circle.delete()
    return n


def a_year_before(day: date) -> date:
    """Return the same day a year ago; of a 29th of February, the 28th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
