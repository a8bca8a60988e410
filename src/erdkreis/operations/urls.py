from django.urls import path

from erdkreis.operations import views

app_name = "operations"
urlpatterns = [
    path("operation/", views.overview, name="overview"),
    path("operation/jobs/", views.work, name="work"),
    path("operation/jobs/<int:pk>/again/", views.try_again, name="try_again"),
    path("operation/jobs/<int:pk>/forget/", views.forget, name="forget"),
]
