from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "erdkreis.api"
