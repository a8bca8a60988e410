from django.apps import AppConfig


class PulseConfig(AppConfig):
    name = "erdkreis.pulse"
