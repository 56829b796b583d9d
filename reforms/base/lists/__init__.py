"""List pages: see page.py."""

from reforms.base.lists.page import ListPage, in_order, list_paths
from reforms.base.lists.sorting import Sort

__all__ = ["ListPage", "Sort", "in_order", "list_paths"]
