from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from erdkreis.invitations.models import Guardian
from erdkreis.rounds.models import Round


class Publication(models.Model):
    """The picture for everyone: its address, and what the organisation says to it."""

    round = models.OneToOneField(Round, models.CASCADE, related_name="publication")
    # The public address: /p/<slug>/. Nothing is there before `published_at`.
    slug = models.SlugField(max_length=27, unique=True)
    note = models.TextField(
        _("What we say to it"),
        max_length=2000,
        blank=True,
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def __str__(self) -> str:
        return self.slug


class Reply(models.Model):
    """What the leadership answers to a guardian's request. No request is left without."""

    class Kind(models.TextChoices):
        DONE = "done", _("done")
        PLANNED = "planned", _("planned")
        NO = "no", _("no, because")

    round = models.ForeignKey(Round, models.CASCADE, related_name="replies")
    guardian = models.ForeignKey(Guardian, models.CASCADE, related_name="replies")
    item = models.CharField(max_length=60)
    kind = models.CharField(_("Our answer"), max_length=7, choices=Kind)
    words = models.TextField(_("In your words"), max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = [
            models.UniqueConstraint(fields=["guardian", "item"], name="one_reply_per_request"),
            models.CheckConstraint(
                condition=~models.Q(kind="no") | ~models.Q(words=""), name="no_needs_its_because"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
