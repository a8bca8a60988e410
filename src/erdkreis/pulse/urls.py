from django.urls import path

from erdkreis.pulse import views

app_name = "pulse"
urlpatterns = [path("load/", views.curve, name="curve")]
