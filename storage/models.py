"""Every table in one place, for the migrations. Import a feature's rows here when it gets some."""

from importlib import import_module
from pkgutil import iter_modules

import storage
from storage.base import Base

for module in iter_modules(storage.__path__, "storage."):
    if module.name.rpartition(".")[2] not in {"models", "migrations", "migrate"}:
        import_module(module.name)

metadata = Base.metadata
