from typing import Any

from django.db import models
from django.utils import timezone

from erdkreis.circles.models import Circle

STAYS = "what was let out stays as it was let out"


class Lasting(models.QuerySet["Release"]):
    """Releases can be read and added; the database itself refuses changes, too (`lasting.py`)."""

    def update(self, **_changes: Any) -> int:
        raise TypeError(STAYS)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError(STAYS)


class Release(models.Model):
    """What was let out, as it was let out. Never changed afterwards; newer ones may follow."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="releases")
    subject = models.CharField(max_length=80)
    number = models.PositiveIntegerField(default=1)
    content = models.JSONField()
    # What it was made from, where newer ones may follow: only the gate compares with it.
    made_from = models.JSONField(null=True)
    fingerprint = models.CharField(max_length=64)
    released_on = models.DateField(default=timezone.localdate)

    objects = Lasting.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "subject", "number"], name="released_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} · {self.released_on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(STAYS)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(STAYS)
