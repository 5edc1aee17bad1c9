from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "linkworks.connections"
    label = "connections"
