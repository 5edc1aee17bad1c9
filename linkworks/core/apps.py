from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "linkworks.core"
    label = "core"
    verbose_name = "Core"
