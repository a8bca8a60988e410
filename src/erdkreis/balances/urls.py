from django.urls import path, re_path

from erdkreis.balances.views import files, filling, report, sheets

app_name = "balances"
urlpatterns = [
    path("circles/<slug:slug>/balances/", sheets.sheets, name="sheets"),
    path("circles/<slug:slug>/balances/switch/", sheets.switch, name="switch"),
    path("circles/<slug:slug>/balances/new/", sheets.new, name="new"),
    path("circles/<slug:slug>/balances/upload/", files.upload, name="upload"),
    path("balances/<int:pk>/", sheets.sheet, name="sheet"),
    path("balances/<int:pk>/facts/<slug:section>/", filling.facts, name="facts"),
    path("balances/<int:pk>/topics/<slug:code>/", filling.topic, name="topic"),
    path("balances/<int:pk>/topics/<slug:code>/view/", filling.view, name="view"),
    path("balances/<int:pk>/weights/<slug:code>/", filling.weight, name="weight"),
    path("balances/<int:pk>/what-if/", filling.what_if, name="what_if"),
    path("balances/<int:pk>/compare/", sheets.compare, name="compare"),
    path("balances/<int:pk>/print/", report.printed, name="print"),
    path("balances/<int:pk>/print.pdf", report.printed_pdf, name="print_pdf"),
    path("balances/<int:pk>/state/", sheets.state, name="state"),
    path("balances/<int:pk>/version/", sheets.version, name="version"),
    re_path(
        r"^balances/(?P<pk>\d+)/sheet\.(?P<kind>request\.json|answer\.json|xlsx)$",
        files.download,
        name="download",
    ),
]
