from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "linkworks.casework"
    label = "casework"
