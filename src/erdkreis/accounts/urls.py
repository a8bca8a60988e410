from django.urls import include, path

from erdkreis.accounts import views

provider = [
    path("provider/", views.leave, name="leave"),
    path("provider/back/", views.come_back, name="come_back"),
]
urlpatterns = [
    path("", include((provider, "accounts"))),
    path("", include("allauth.urls")),
]
