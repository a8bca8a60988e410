from django.urls import path

from erdkreis.jobs import views

app_name = "jobs"
urlpatterns = [path("circles/<slug:slug>/jobs/", views.work, name="work")]
