from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone with an account. Voices never have one."""

    email = models.EmailField(_("mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    is_staff = models.BooleanField(_("runs this installation"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    made_on = models.DateField(_("made on"), default=timezone.localdate, editable=False)
    # When the mail was sent that says that the account goes, because nobody uses it.
    warned_on = models.DateField(_("warned on"), null=True, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email


class OutsideIdentity(models.Model):
    """That a person signs in as somebody whom a provider outside knows."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="outside_identities")
    issuer = models.CharField(_("sign-in service"), max_length=300)
    subject = models.CharField(_("number there"), max_length=255)

    class Meta:
        verbose_name = _("sign-in elsewhere")
        verbose_name_plural = _("sign-ins elsewhere")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_per_identity"),
            models.UniqueConstraint(fields=["person", "issuer"], name="one_identity_per_account"),
        ]

    def __str__(self) -> str:
        return self.issuer
