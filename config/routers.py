"""Which connection does what: the owner migrates, the login role does everything else."""

from typing import Any


class OwnerMigrates:
    """Schema belongs to `owner`; rows are read and written through `default` alone."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return "default"

    def db_for_write(self, model: type, **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: object, other: object, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
