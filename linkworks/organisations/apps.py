from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "linkworks.organisations"
    label = "organisations"
