"""Addresses of the foundation."""

from django.urls import include, path

from reforms.base import views

urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("as-at/", views.as_at, name="as-at"),
    path("accounts/", include("reforms.base.accounts.urls")),
]
