from hashlib import sha256

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle
from erdkreis.invitations.codes import in_letters
from erdkreis.rounds.models import RoundGroup
from erdkreis.rounds.random_ids import RandomIdField

NO_ENVELOPE = "0" * 64


class Code(models.Model):
    """A single-use code on the roll. It never meets the voice it lets in."""

    id = RandomIdField()
    round_group = models.ForeignKey(RoundGroup, models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)
    # Digest of the blinded slip that was signed for this code: the same may be signed once more,
    # if the answer was lost. A random number where the code was used without a slip. Always as
    # long: a row that does not grow stays in its place, and the file tells no order of using.
    envelope = models.CharField(max_length=64, default=NO_ENVELOPE)

    def __str__(self) -> str:
        return str(_("used code") if self.is_used else _("unused code"))


class SlipKey(models.Model):
    """The key that signs the slips of one group in one round: one for all, fixed before inviting.

    With a key of her own for each person, a host could tell from a slip whose it is. Therefore the
    key never changes, and its fingerprint is shown to everyone.
    """

    round_group = models.OneToOneField(RoundGroup, models.CASCADE, related_name="slip_key")
    public = models.BinaryField()
    # Locked with the secret of the installation; deleted when the answering ends.
    private = models.BinaryField(null=True)

    def __str__(self) -> str:
        return self.fingerprint

    @property
    def fingerprint(self) -> str:
        """Return 160 bits of a digest of the public key, to be compared by people."""
        return in_letters(sha256(bytes(self.public)).digest(), 32)


class Invitee(models.Model):
    """Somebody on the roll, invited by mail. Days at most, and nothing that leads to a voice."""

    MOST_REMINDERS = 2

    round_group = models.ForeignKey(RoundGroup, models.CASCADE, related_name="invitees")
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8)
    # From the seed and the secret of the installation the code is made anew for each mail; so it
    # is stored nowhere. Without the seed, once the round is over, nobody can make it again.
    seed = models.CharField(max_length=32, unique=True, null=True)  # noqa: DJ001 - unique only while it exists
    # The code does not know whose it is; its used bit is all that a reminder may ask for.
    code = models.OneToOneField(Code, models.CASCADE, related_name="+")
    invited_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    n_reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round_group", "email"], name="on_a_roll_once"),
            models.CheckConstraint(
                condition=models.Q(n_reminders__lte=2), name="two_reminders_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.email


class NoMail(models.Model):
    """An address that gets no more mail from a circle. Only a digest: it outlives the roll."""

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", _("wants no mail")
        BOUNCED = "bounced", _("cannot be reached")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="no_mail")
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=12, choices=Reason)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "digest"], name="no_mail_once"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class Reminding(models.Model):
    """That a group was reminded: on which day, whom, and whether it was the last time."""

    round_group = models.ForeignKey(RoundGroup, models.CASCADE, related_name="remindings")
    day = models.DateField()
    is_last = models.BooleanField()
    # How many codes were unused then, if only those were reminded; nothing if all were.
    n_unused = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.day)


class Waiting(models.Model):
    """Something that waits to be sent: when it is tried, and why it was not."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SET_ASIDE = "set_aside", _("set aside")

    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Mail(Waiting):
    """A mail that waits to be sent. It holds no code, and it is deleted once it is sent."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        REMINDER = "reminder", _("reminder")
        GUARDIAN = "guardian", _("question to a guardian")

    round_group = models.ForeignKey(RoundGroup, models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=10, choices=Kind)
    invitee = models.ForeignKey(Invitee, models.CASCADE, null=True, related_name="mails")
    reminding = models.ForeignKey(Reminding, models.CASCADE, null=True, related_name="mails")
    # Only for people who are not on a roll: those who are asked to become guardians.
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=8)
    answer_by = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invitee", "kind"],
                condition=models.Q(invitee__isnull=False),
                name="one_mail_of_a_kind_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "next_try"], name="mail_due")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Letter(Waiting):
    """A mail with a text of its own, from a later room. It is deleted once it is sent."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="letters")
    # Which room wrote it about what: "experiments.12.review". The same is not sent twice at once.
    about = models.CharField(max_length=80)
    address = models.EmailField()
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    reply_to = models.EmailField(blank=True)
    # Where the text holds a place for a code: what it is made from, for the moment of sending.
    seed = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about", "address"], name="one_letter_at_a_time"),
        ]
        indexes = [models.Index(fields=["state", "next_try"], name="letter_due")]

    def __str__(self) -> str:
        return self.subject


class Guardian(models.Model):
    """Someone who speaks, by name and with evidence, for those who cannot speak."""

    round_group = models.ForeignKey(RoundGroup, models.CASCADE, related_name="guardians")
    name = models.CharField(_("name"), max_length=120)
    affiliation = models.CharField(_("club, authority or initiative"), max_length=120, blank=True)
    is_paid_by_organisation = models.BooleanField(_("is paid by the organisation"), default=False)
    interests = models.CharField(_("own interests, declared"), max_length=300, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("guardian")
        verbose_name_plural = _("guardians")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Reach(models.Model):
    """How many of a group were reached, and by which way; kept when the lists go.

    Written when the picture is made. Numbers of those who were asked, never of answers.
    """

    round_group = models.OneToOneField(RoundGroup, models.CASCADE, related_name="reach")
    n_by_mail = models.PositiveIntegerField(default=0)
    n_by_paper = models.PositiveIntegerField(default=0)
    n_guardians = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("how many were reached")
        verbose_name_plural = _("how many were reached")

    def __str__(self) -> str:
        return str(self.round_group)
