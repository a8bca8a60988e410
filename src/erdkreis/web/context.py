"""What every template may count on. Nothing here touches session or database."""

from django.conf import settings
from django.http import HttpRequest

from erdkreis import __version__


def installation(_request: HttpRequest) -> dict[str, object]:
    return {
        "operator": settings.OPERATOR,
        "privacy_contact": settings.PRIVACY_CONTACT,
        "public_url": settings.PUBLIC_URL,
        "signup_is_open": settings.SIGNUP_IS_OPEN,
        "sign_in_provider": settings.OIDC_NAME if settings.OIDC_CLIENT_ID else "",
        "version": __version__,
    }
