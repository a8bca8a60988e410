from django.urls import path

from erdkreis.reports import views

app_name = "reports"
urlpatterns = [
    path("rounds/<int:pk>/files/", views.index, name="files"),
    path("rounds/<int:pk>/files/<str:name>", views.file, name="file"),
]
