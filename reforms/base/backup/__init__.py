"""Backup and restore: everything people entrusted to the service in one file, which either kind of database reads."""

from reforms.base.backup.files import BackupError
from reforms.base.backup.restoring import restore
from reforms.base.backup.taking import back_up

__all__ = ["BackupError", "back_up", "restore"]
