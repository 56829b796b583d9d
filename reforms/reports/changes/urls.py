from django.urls import path

from reforms.base.lists import list_paths
from reforms.reports.changes import views

urlpatterns = [
    *list_paths("changes", views.changes),
    path("committees/<slug:organisation>/<slug:committee>/since/", views.committee_since, name="committee-since"),
]
