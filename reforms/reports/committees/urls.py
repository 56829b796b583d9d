"""Addresses of committees: what anybody reads, and, under /my-work/, what members of the organisation do."""

from django.urls import path

from reforms.base.lists import list_paths
from reforms.reports.committees import desk, views

HERE = "committees/<slug:organisation>/<slug:committee>/"
DESK = "my-work/<slug:organisation>/committees/"

urlpatterns = [
    *list_paths("committees", views.committees),
    path(HERE, views.committee, name="committee"),
    *list_paths("actions", views.actions, under=HERE),
    path(f"{HERE}actions/<int:number>/", views.action, name="action"),
    path(f"{DESK}new/", desk.committee_new, name="committee-new"),
    path(f"{DESK}<slug:committee>/edit/", desk.committee_edit, name="committee-edit"),
    path(f"{DESK}<slug:committee>/actions/new/", desk.action_new, name="action-new"),
    path(f"{DESK}<slug:committee>/actions/<int:number>/reply/", desk.action_reply, name="action-reply"),
    path(f"{DESK}<slug:committee>/actions/<int:number>/close/", desk.action_close, name="action-close"),
]
