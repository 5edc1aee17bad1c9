"""The console script `linkworks`: one plain sub-command for each thing an installation needs done."""

import os
import signal
import sys
from types import FrameType

from linkworks.config.commands.table import COMMANDS, overview
from linkworks.config.environment import EnvironmentProblem
from linkworks.config.postgres import PostgresProblem
from linkworks.config.supervisor import Trouble

MISUSED = 2
INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run the sub-command named first and give the exit code; what cannot work is said in a sentence."""
    name, *rest = (sys.argv[1:] if arguments is None else arguments) or ["--help"]
    if name in {"--help", "-h", "help"}:
        print(overview())
        return 0
    if name not in COMMANDS:
        print(f'There is no "linkworks {name}".\n\n{overview()}', file=sys.stderr)
        return MISUSED
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkworks.config.settings")
    signal.signal(signal.SIGTERM, leave)
    try:
        return COMMANDS[name].run(rest)
    except (EnvironmentProblem, PostgresProblem, Trouble) as problem:
        print(f"linkworks {name}: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def leave(number: int, _: FrameType | None) -> None:
    """Turn a request to stop into an orderly end, so that everything started is stopped."""
    raise SystemExit(128 + number)
