"""Signing in with the service that an organisation uses already (OpenID Connect).

The code flow with PKCE, state and nonce; the identity is read from the signed token alone. The
address of our side comes from the settings, never from the request.
"""

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError

# Signed with a key that only the provider has; never with one we share, and never not at all.
SIGNATURES = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"}
SECONDS = 10
WELL_KNOWN = "/.well-known/openid-configuration"

logger = logging.getLogger(__name__)


class Away(Exception):
    """The provider does not answer, or not as a provider would."""


class NotConfirmed(Exception):
    """The provider answered, and what it says cannot be relied on: cancelled, old or forged."""


@dataclass(frozen=True)
class Identity:
    """Who somebody is, as the provider says."""

    issuer: str
    subject: str
    email: str
    # None where the provider does not say.
    is_confirmed: bool | None
    name: str


def is_set() -> bool:
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


def leave_for_provider(request: HttpRequest, back: str) -> HttpResponse:
    """Send the browser to the provider, which sends it back to our address ``back``."""
    try:
        answer: HttpResponse = _provider().authorize_redirect(request, settings.PUBLIC_URL + back)
    except (OSError, AuthlibBaseError, ValueError, RuntimeError) as error:
        raise _away(error) from error
    return answer


def identity_of(request: HttpRequest) -> Identity:
    """Return who came back from the provider."""
    if "code" not in request.GET or "state" not in request.GET:
        raise NotConfirmed
    provider = _provider()
    try:
        said = _claims(provider, provider.authorize_access_token(request))
    except OSError as error:
        raise _away(error) from error
    except (AuthlibBaseError, JoseError) as error:
        logger.warning("Sign-in with the provider refused: %s", type(error).__name__)
        raise NotConfirmed from error
    except (ValueError, RuntimeError, KeyError) as error:
        raise _away(error) from error
    if not said or not said.get("sub"):
        raise NotConfirmed
    return Identity(
        issuer=settings.OIDC_ISSUER,
        subject=str(said["sub"]),
        email=str(said.get("email") or "").strip().lower(),
        is_confirmed=_is_confirmed(said.get("email_verified")),
        name=" ".join(str(said.get("name") or "").split())[:100],
    )


def _provider() -> Any:
    """Return a client that reads anew where the provider's doors are, and with which keys."""
    if not _is_private(settings.OIDC_ISSUER):
        raise _away(ValueError("ERDKREIS_OIDC_ISSUER has to begin with https://"))
    from authlib.integrations.django_client import OAuth  # noqa: PLC0415 - large, and few ask for it

    client = OAuth().register(
        "provider",
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET or None,
        server_metadata_url=settings.OIDC_ISSUER + WELL_KNOWN,
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS,
        }
        | ({} if settings.OIDC_CLIENT_SECRET else {"token_endpoint_auth_method": "none"}),
    )
    try:
        described = client.load_server_metadata()
    except (OSError, ValueError) as error:
        raise _away(error) from error
    if str(described.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
        raise _away(ValueError("the provider names itself differently from ERDKREIS_OIDC_ISSUER"))
    known = described.get("id_token_signing_alg_values_supported") or ["RS256"]
    described["id_token_signing_alg_values_supported"] = sorted(SIGNATURES.intersection(known))
    return client


def _claims(provider: Any, token: dict[str, Any]) -> dict[str, Any]:
    """Return what the signed token says; some providers tell the mail address only when asked."""
    said = dict(token.get("userinfo") or {})
    if not said.get("sub") or said.get("email") or not _has_userinfo(provider):
        return said
    told = provider.userinfo(token=token)
    # What is told about somebody else must never be mixed in.
    return {**told, **said} if told.get("sub") == said["sub"] else said


def _is_confirmed(said: Any) -> bool | None:
    """Read whether an address is confirmed. Some providers write the word instead of the value."""
    return None if said is None else said in (True, "true")


def _has_userinfo(provider: Any) -> bool:
    return bool(provider.load_server_metadata().get("userinfo_endpoint"))


def _is_private(address: str) -> bool:
    """Say whether nobody on the way can read along."""
    at = urlsplit(address)
    return at.scheme == "https" or at.hostname in {"127.0.0.1", "localhost", "::1"}


def _away(error: Exception) -> Away:
    # For the operator; of whom it was tried, nothing is written.
    said = error if type(error) is ValueError else type(error).__name__
    logger.warning("The sign-in provider does not answer as it should: %s", said)
    return Away()
