from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "linkworks.directory"
    label = "directory"
