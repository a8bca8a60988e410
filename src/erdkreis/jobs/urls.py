from django.urls import path

from erdkreis.jobs import views

app_name = "jobs"
urlpatterns = [path("circles/<slug:slug>/work/", views.work, name="work")]
