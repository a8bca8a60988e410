from django.urls import path

from erdkreis.answerback import views

app_name = "answerback"
_ROUND = "rounds/<int:pk>/answer-back/"
urlpatterns = [
    path(_ROUND, views.write, name="write"),
    path(f"{_ROUND}look/", views.look, name="look"),
    path(f"{_ROUND}publish/", views.publish, name="publish"),
    path(f"{_ROUND}send/", views.send, name="send"),
    path(f"{_ROUND}print/", views.sheet, name="sheet"),
    path(f"{_ROUND}print.pdf", views.sheet_pdf, name="sheet_pdf"),
    path("e/<slug:slug>/answer/", views.of_group, name="of_group"),
    path("p/<slug:slug>/answer/", views.public, name="public"),
]
