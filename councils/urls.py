"""Addresses of the first floor."""

from django.urls import include, path

from councils import views
from reforms.base.lists import list_paths

urlpatterns = [
    path("accounts/", include("councils.people.urls")),
    *list_paths("councils", views.councils),
    *list_paths("organisations", views.organisations),
    *list_paths("views", views.views),
    path("", include("councils.writing.urls")),
]
