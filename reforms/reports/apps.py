from django.apps import AppConfig

from reforms.reports.refusals import REFUSALS


class ReportsConfig(AppConfig):
    name = "reforms.reports"
    label = "reports"
    verbose_name = "Committees and reports"
    refusals = REFUSALS

    def ready(self) -> None:
        from reforms.alerts.watched import register
        from reforms.reports.committees.flags import WATCH

        register(WATCH)
