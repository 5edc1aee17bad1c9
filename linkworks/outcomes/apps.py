from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "linkworks.outcomes"
    label = "outcomes"
