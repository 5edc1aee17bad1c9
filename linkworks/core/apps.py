import gc

from django.apps import AppConfig

YOUNG = 10_000  # things made before the first look for what hangs together in a circle; Python's own 700 suits small programs


class CoreConfig(AppConfig):
    name = "linkworks.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Rows and pages make things by the thousand, nearly all of them gone by themselves: a fifth of a reading went into looking."""
        gc.set_threshold(YOUNG, 20, 20)
