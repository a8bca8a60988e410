from django.apps import AppConfig


class AnswerbackConfig(AppConfig):
    name = "erdkreis.answerback"
