from django.urls import path

from erdkreis.api import views

app_name = "api"
_CIRCLE = "circles/<slug:slug>/"
_ONE = f"{_CIRCLE}webhooks/<int:pk>/"
urlpatterns = [
    path(f"{_CIRCLE}programs/", views.tokens, name="tokens"),
    path(f"{_CIRCLE}programs/<int:pk>/revoke/", views.revoke, name="revoke"),
    path(f"{_CIRCLE}webhooks/", views.webhooks, name="webhooks"),
    path(_ONE, views.webhook, name="webhook"),
    path(f"{_ONE}renew/", views.renew, name="renew"),
    path(f"{_ONE}again/", views.try_again, name="try_again"),
    path(f"{_ONE}remove/", views.remove, name="remove"),
    path("api/", views.documentation, name="documentation"),
    path("api/v1/openapi.json", views.openapi, name="openapi"),
]
