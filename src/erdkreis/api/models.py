from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from erdkreis.api.scopes import Event, Scope
from erdkreis.circles.models import Circle


class Token(models.Model):
    """What a program shows to be let in: one circle, a few scopes, until a day.

    It acts for the host who made it, and no longer than this person is host of the circle.
    """

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="tokens")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_on = models.DateField(default=timezone.localdate)
    expires_on = models.DateField(_("last day"))
    # Not finer than a day: it shows that a token is in use, not when somebody works.
    last_used_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_labels(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes if scope in Scope]

    def has_ended(self, today: date | None = None) -> bool:
        return self.expires_on < (today or timezone.localdate())


class Repeat(models.Model):
    """An answer that is kept for a day, so that the same request is not done twice."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="repeats")
    key_digest = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    begun_at = models.DateTimeField(default=timezone.now)
    # Empty while the first request is still being worked on.
    status = models.PositiveSmallIntegerField(null=True)
    location = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "key_digest"], name="a_key_once_per_token"),
        ]

    def __str__(self) -> str:
        return str(self.status or "…")


class Webhook(models.Model):
    """An address of others that is told when something happened in a circle."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="webhooks")
    url = models.URLField(_("address"), max_length=300)
    events = models.JSONField(default=list)
    # The secret is made from this and the secret of the installation; it is stored nowhere.
    seed = models.CharField(max_length=32)
    made_on = models.DateField(default=timezone.localdate)
    # Only what was written into the journal after this is told.
    begins_after = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.url

    @property
    def event_labels(self) -> list[str]:
        return [str(Event(event).label) for event in self.events if event in Event]


class Delivery(models.Model):
    """One message to one webhook: what it says, how far it got, and what came back."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        DELIVERED = "delivered", _("delivered")
        SET_ASIDE = "set_aside", _("set aside")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=30, choices=Event)
    # Which line of the journal it tells of: of each line at most one message.
    entry_id = models.PositiveBigIntegerField()
    message_id = models.CharField(max_length=40, unique=True)
    body = models.TextField()
    day = models.DateField(default=timezone.localdate)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("message to a webhook")
        verbose_name_plural = _("messages to webhooks")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "entry_id", "event"], name="told_once_of_each_event"
            ),
        ]
        indexes = [models.Index(fields=["state", "next_try"], name="delivery_due")]

    def __str__(self) -> str:
        return self.get_event_display()

    @property
    def said(self) -> str:
        """What came back the last time, in the language of the page."""
        if self.outcome.isdecimal():
            return gettext("It answered with status %(status)s.") % {"status": self.outcome}
        return gettext(self.outcome) if self.outcome else ""
