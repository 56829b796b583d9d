"""The loader: files in the domain's words, into the database, all or nothing.

    load(paths, by=user, now=moment, dry_run=False) -> Result      raises LoadError with every mistake

problems   where a mistake stands            yaml_files  YAML in which every scalar is text
codecs     one model field: file, database   kinds       what can be loaded, declared by each room
reading    a mapping into records            world       files and database seen as one
snapshot   the database in plain values      plan        what would happen to each record, and why
writing    carry it out in bulk              rows        rows straight into tables
report     say so in lines of text           files       which files
engine     the whole, in order
"""

from reforms.base.loading.engine import Result, default_folders, load
from reforms.base.loading.problems import LoadError

__all__ = ["LoadError", "Result", "default_folders", "load"]
