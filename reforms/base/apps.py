from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class BaseConfig(AppConfig):
    name = "reforms.base"
    label = "base"
    verbose_name = "Foundation"


class TrackerAdminConfig(AdminConfig):
    default_site = "reforms.base.admin_site.TrackerAdminSite"
