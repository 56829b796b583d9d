"""Addresses of the second floor."""

from consultations import views
from reforms.base.lists import list_paths

urlpatterns = list_paths("consultations", views.consultations)
