from django.urls import path

from erdkreis.home import views
from erdkreis.home.styleguide import styleguide

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("styleguide/", styleguide, name="styleguide"),
    path("circles/", views.circles, name="circles"),
    path("rounds/<int:pk>/", views.round_page, name="round"),
    path("rounds/<int:pk>/seal/", views.seal, name="seal"),
    path("circles/<slug:slug>/", views.circle, name="circle"),
]
