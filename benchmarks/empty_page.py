"""The yardstick: Django answering an empty page, without middleware, database or template."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x", MIDDLEWARE=[])


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("healthz", empty), path("empty", empty)]
application = get_wsgi_application()
