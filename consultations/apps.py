from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    label = "consultations"
    verbose_name = "Consultations"
    # Pages change as one of these passes, and not only with the day: see reforms/base/versions.py.
    moments = {"Consultation": ("opens_at", "closes_at")}
