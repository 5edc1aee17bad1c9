from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "linkworks.ui"
    label = "ui"
    verbose_name = "Pages and forms"
