from django.db import models
from django.utils.translation import gettext_lazy as _

from erdkreis.rounds.models import Round


class MadePdf(models.Model):
    """A report as PDF, kept so that it is made once; another text takes its place."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="made_pdfs")
    language = models.CharField(max_length=2)
    # Of the page it was made from: the same page is the same PDF.
    digest = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("report as PDF")
        verbose_name_plural = _("reports as PDF")
        constraints = [
            models.UniqueConstraint(fields=["round", "language"], name="one_pdf_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.round} ({self.language})"
