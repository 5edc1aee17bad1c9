from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "linkworks.directory"
    label = "directory"

    def ready(self) -> None:
        from linkworks.core import health

        from .queries import index

        health.register("match index", index.problem)
