"""The forms of the sign-in library, where their look differs from all others of the house."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm


class _LinkBelow:
    """Asks for a password that may be forgotten: the way out stands below the form.

    The library puts the link between the name of the field and the field.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]  # of the form beside
        for name in fields.keys() & {"password", "oldpassword"}:
            fields[name].help_text = ""


class SignInForm(_LinkBelow, LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Mail address and password."""


class AskedAgainForm(_LinkBelow, ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that protects the account."""


class NewPasswordForm(_LinkBelow, ChangePasswordForm):  # type: ignore[misc]
    """The old password and a new one."""
