from django.urls import path, re_path

from erdkreis.meetings import views

app_name = "meetings"
_KIND = f"(?P<kind>{'|'.join(views.SHEETS)})"
urlpatterns = [
    path("meetings/<int:pk>/meeting.ics", views.calendar, name="calendar"),
    path("circles/<slug:slug>/meetings/", views.meetings, name="meetings"),
    path("circles/<slug:slug>/meetings/new/", views.new, name="new"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
    path("meetings/<int:pk>/minutes/", views.minutes, name="minutes"),
    re_path(rf"^meetings/(?P<pk>\d{{1,18}})/print/{_KIND}/$", views.sheet, name="sheet"),
    re_path(
        rf"^meetings/(?P<pk>\d{{1,18}})/print/{_KIND}\.pdf$", views.sheet_pdf, name="sheet_pdf"
    ),
]
