"""Addresses of what an organisation writes. All of them are private."""

from django.urls import path

from councils.writing import views

HERE = "my-work/<slug:organisation>/<subject:reference>/"

urlpatterns = [
    path(HERE, views.desk, name="position-desk"),
    path(f"{HERE}start/", views.start, name="position-start"),
    path(f"{HERE}edit/", views.edit, name="position-edit"),
    path(f"{HERE}preview/", views.preview, name="position-preview"),
    path(f"{HERE}check/", views.check, name="position-check"),
    path(f"{HERE}history/", views.history, name="position-history"),
    path(f"{HERE}history/<int:number>/", views.version, name="position-version"),
    path(f"{HERE}set-aside/<int:key>/", views.set_aside, name="position-set-aside"),
]
