from django.db import models
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle
from erdkreis.rounds.models import Round


class PublicPage(models.Model):
    """A page for everyone. Nothing is there before `shown_since`, and nothing after taking back."""

    shown_since = models.DateField(null=True, blank=True)
    how_to_take_part = models.TextField(_("How to take part"), max_length=1000, blank=True)

    class Meta:
        abstract = True

    @property
    def is_shown(self) -> bool:
        return self.shown_since is not None


class CirclePage(PublicPage):
    """The public page of a circle: /c/<address of the circle>/."""

    circle = models.OneToOneField(Circle, models.CASCADE, related_name="public_page")
    words = models.TextField(_("Who we are, and why we ask"), max_length=1000, blank=True)
    # Sites that may show pages of this circle in a frame: origins, as browsers write them.
    origins = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("public page of a circle")
        verbose_name_plural = _("public pages of circles")

    def __str__(self) -> str:
        return str(self.circle)


class RoundPage(PublicPage):
    """The public page of a round: /r/<address of its picture>/."""

    round = models.OneToOneField(Round, models.CASCADE, related_name="public_page")

    class Meta:
        verbose_name = _("public page of a round")
        verbose_name_plural = _("public pages of rounds")

    def __str__(self) -> str:
        return str(self.round)
