from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "linkworks.demo"
    label = "demo"
