"""Addresses of the first floor."""

from councils import views
from reforms.base.lists import list_paths

urlpatterns = [
    *list_paths("councils", views.councils),
    *list_paths("organisations", views.organisations),
    *list_paths("views", views.views),
]
