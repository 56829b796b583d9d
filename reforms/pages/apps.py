from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "reforms.pages"
    label = "pages"
    verbose_name = "Pages that show more than one floor"
