from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from erdkreis.rounds.models import Round


class AnswerBack(models.Model):
    """What everyone who was asked hears: once written, previewed, published and sent."""

    round = models.OneToOneField(Round, models.CASCADE, related_name="answer_back")
    said = models.TextField(_("What you said"), max_length=3000, blank=True)
    heard = models.TextField(_("What we heard"), max_length=3000, blank=True)
    trying = models.TextField(_("What we try"), max_length=2000, blank=True)
    not_doing = models.TextField(_("What we do not do, and why"), max_length=2000, blank=True)
    look_again_on = models.DateField(_("When we look again"), null=True, blank=True)
    language = models.CharField(max_length=2)
    published_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("answer back")
        verbose_name_plural = _("answers back")

    def __str__(self) -> str:
        return str(self.round)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class Correction(models.Model):
    """What was changed after everyone could read it, and why. The earlier words stay readable."""

    answer_back = models.ForeignKey(AnswerBack, models.CASCADE, related_name="corrections")
    what = models.CharField(_("What is changed, and why?"), max_length=300)
    before = models.JSONField()
    day = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.what
