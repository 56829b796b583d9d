"""Pages where an organisation writes: its desk, the form of a draft, two texts beside each other, approval, history."""

from councils.writing.views.check import check
from councils.writing.views.desk import desk, start
from councils.writing.views.edit import edit, preview
from councils.writing.views.history import history, version
from councils.writing.views.set_aside import set_aside

__all__ = ["check", "desk", "edit", "history", "preview", "set_aside", "start", "version"]
