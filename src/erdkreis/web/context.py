"""What every template may count on. Nothing here touches session or database."""

from django.conf import settings
from django.http import HttpRequest

from erdkreis import __version__

# Where a page is made for nobody: what stands in place of the token against forged forms.
TOKEN_IN_PLACE = "token_in_place"  # noqa: S105 - a name


def installation(request: HttpRequest) -> dict[str, object]:
    token = getattr(request, TOKEN_IN_PLACE, "")
    return ({"csrf_token": token} if token else {}) | {
        "operator": settings.OPERATOR,
        "privacy_contact": settings.PRIVACY_CONTACT,
        "public_url": settings.PUBLIC_URL,
        "signup_is_open": settings.SIGNUP_IS_OPEN,
        "sign_in_provider": settings.OIDC_NAME if settings.OIDC_CLIENT_ID else "",
        "version": __version__,
    }
