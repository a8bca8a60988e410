from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GateConfig(AppConfig):
    name = "erdkreis.gate"

    def ready(self) -> None:
        from erdkreis.gate.lasting import keep_releases  # noqa: PLC0415 - models are ready only now

        post_migrate.connect(keep_releases, sender=self)
