from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "linkworks.people"
    label = "people"
