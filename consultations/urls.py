"""Addresses of the second floor."""

from django.urls import path

from consultations import views
from reforms.base.lists import list_paths

urlpatterns = [
    *list_paths("consultations", views.consultations),
    path("consultations/<slug:slug>/responses/<slug:organisation>/", views.response, name="response"),
]
