from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "linkworks.providers"
    label = "providers"
