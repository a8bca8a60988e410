from django.db.models import Exists, OuterRef, QuerySet

from erdkreis.api.models import Token
from erdkreis.circles.models import Circle, Role


def tokens_of(circle: Circle) -> QuerySet[Token]:
    """Return the tokens of a circle, each with whether its maker is still host."""
    return _with_host(circle.tokens.all()).select_related("person")


def valid_token(digest: str) -> Token | None:
    """Return the token with this digest, if it lets in today."""
    found = (
        _with_host(Token.objects.filter(digest=digest))
        .select_related("circle__organisation", "person")
        .first()
    )
    if found is None or found.has_ended() or not found.is_of_a_host:  # type: ignore[attr-defined]  # annotated
        return None
    return found if found.person.is_active else None


def _with_host(tokens: QuerySet[Token]) -> QuerySet[Token]:
    hosts = Role.objects.filter(
        circle=OuterRef("circle"), person=OuterRef("person"), kind=Role.Kind.HOST
    )
    return tokens.annotate(is_of_a_host=Exists(hosts))
