"""Whether the tables are as new as this code, asked at each start and by every probe."""

from functools import cache
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def are_behind() -> bool:
    """Say whether a migration is still to be applied.

    Nearly always all are, which their names tell. To know more, a hundred modules have to be
    loaded: that is left for when a name is missing.
    """
    if names_in_code() <= set(MigrationRecorder(connection).applied_migrations()):
        return False
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - see above

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@cache
def names_in_code() -> set[tuple[str, str]]:
    """Return every migration that is installed, as room and name, without loading one."""
    labels = [app.label for app in apps.get_app_configs()]
    places = {label: MigrationLoader.migrations_module(label)[0] for label in labels}
    found = {label: find_spec(place) for label, place in places.items() if place}
    return {
        (label, module.name)
        for label, spec in found.items()
        if spec and spec.submodule_search_locations
        for module in iter_modules(list(spec.submodule_search_locations))
        if not module.ispkg and module.name[0] not in "_~"
    }
