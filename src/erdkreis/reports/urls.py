from django.urls import path

from erdkreis.reports import report_views, views

app_name = "reports"
urlpatterns = [
    path("rounds/<int:pk>/files/", views.index, name="files"),
    path("rounds/<int:pk>/report/", report_views.report, name="report"),
    path("rounds/<int:pk>/report.pdf", report_views.report_pdf, name="report_pdf"),
    path("rounds/<int:pk>/report/involved/", report_views.involved, name="involved"),
    path("rounds/<int:pk>/report/involved.md", report_views.involved_text, name="involved_text"),
    path("rounds/<int:pk>/files/<str:name>", views.file, name="file"),
]
