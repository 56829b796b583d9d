from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "reforms.alerts"
    label = "alerts"
    verbose_name = "Flags and jobs"
