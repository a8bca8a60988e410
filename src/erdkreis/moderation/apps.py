from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "erdkreis.moderation"
