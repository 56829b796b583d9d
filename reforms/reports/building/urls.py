"""Addresses of reports: what anybody may read, and, under /my-work/, where their organisation writes them."""

from django.urls import path, register_converter

from reforms.base.converters import DataFormConverter
from reforms.base.lists import list_paths
from reforms.reports.building import views


class FileFormConverter(DataFormConverter):
    """The ending of a report's file."""

    regex = "docx|pdf|json"


register_converter(FileFormConverter, "file")

DESK = "my-work/<slug:organisation>/reports/"
HERE = f"{DESK}<int:number>/"
SECTION = f"{HERE}sections/<slug:key>/"

urlpatterns = [
    *list_paths("reports", views.reports),
    path("reports/<slug:organisation>/", views.organisation_reports, name="organisation-reports"),
    path("reports/<slug:organisation>/<int:number>/", views.report, name="report"),
    path("reports/<slug:organisation>/<int:number>.<file:form>", views.report_file, name="report-file"),
    path(f"{DESK}new/", views.start, name="report-new"),
    path(HERE, views.desk, name="report-edit"),
    path(f"{HERE}front/", views.front, name="report-front"),
    path(SECTION, views.section, name="report-section"),
    path(f"{SECTION}move/", views.move, name="report-move"),
    path(f"{SECTION}leave-out/", views.leave_out, name="report-leave-out"),
    path(f"{SECTION}refill/", views.refill, name="report-refill"),
    path(f"{SECTION}set-aside/<int:edit>/", views.set_aside, name="report-set-aside"),
    path(f"{HERE}publish/", views.publish, name="report-publish"),
    path(f"{HERE}discard/", views.discard, name="report-discard"),
    path(f"{HERE}next/", views.start_following, name="report-next"),
]
