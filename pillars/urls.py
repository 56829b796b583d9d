"""Addresses of the ground floor."""

from pillars import views
from reforms.base.lists import list_paths

urlpatterns = [
    *list_paths("commitments", views.commitments),
    *list_paths("funding", views.funding),
    *list_paths("sources", views.sources),
    *list_paths("verdicts", views.verdicts),
    # Before the page of one source: no document is called "conflicts".
    *list_paths("conflicts", views.conflicts, under="sources/"),
]
