from django.urls import path

from erdkreis.imports.views import answers, conversations, questions

app_name = "imports"
_CIRCLE = "circles/<slug:slug>/bring/"
urlpatterns = [
    path(_CIRCLE, questions.index, name="index"),
    path(f"{_CIRCLE}questions/", questions.look_through, name="look_through"),
    path(f"{_CIRCLE}questions/take/", questions.take, name="take_questions"),
    path(f"{_CIRCLE}conversation/", conversations.look_through, name="look_through_conversation"),
    path(f"{_CIRCLE}conversation/take/", conversations.take, name="take_conversation"),
    path("own-questions/<int:pk>/", questions.shown, name="questions"),
    path("own-questions/<int:pk>/round/", questions.begin_round, name="begin_round"),
    path("rounds/<int:pk>/bring/", answers.bring, name="answers"),
    path("rounds/<int:pk>/bring/take/", answers.take, name="take_answers"),
]
