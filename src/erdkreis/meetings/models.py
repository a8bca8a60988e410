from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle
from erdkreis.rounds.models import Round


class Meeting(models.Model):
    """The 90-minute talk of a circle: planned from a picture, or with six questions on paper."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="meetings")
    # Without a round it begins with the six questions on paper: for circles that are too small.
    round = models.ForeignKey(
        Round, models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    title = models.CharField(_("title"), max_length=120)
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    day = models.DateField(_("Day"))
    starts_at = models.TimeField(_("Begin"), null=True, blank=True)
    place = models.CharField(_("Place"), max_length=200, blank=True)
    what_is_open = models.TextField(_("What is open?"), max_length=500)
    what_is_decided = models.TextField(_("What is already decided?"), max_length=500)

    # The minutes: one page.
    heard = models.TextField(_("What we heard"), max_length=3000, blank=True)
    still_open = models.TextField(_("What is still open"), max_length=2000, blank=True)
    agreements = models.TextField(
        _("What we agreed: who, what, by when"), max_length=2000, blank=True
    )
    otherwise = models.TextField(_("Who sees it differently, and how"), max_length=1500, blank=True)
    answer_back_on = models.DateField(_("Day of the answer back"), null=True, blank=True)
    noted_by = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("circle meeting")
        verbose_name_plural = _("circle meetings")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="held") | ~Q(heard=""), name="held_with_what_was_heard"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD


class Idea(models.Model):
    """An idea of a meeting for something small to try."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="ideas")
    text = models.CharField(_("idea"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text
