"""A worker with one more job, which never ends while its marker file is there. Run by test_killed_worker."""

import os
import sys
import threading
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkworks.config.settings")


def main(folder: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from linkworks.core.later import job

    @job("test.stuck")
    def stuck(number, *, by):
        (folder / "begun").write_text(str(os.getpid()))
        if (folder / "hold").exists():
            threading.Event().wait()
        (folder / "done").write_text(f"{number} {by.id}")

    call_command("procrastinate", "worker")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
