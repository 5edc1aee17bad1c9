"""How far a story has got: the steps told so far, and how many days ago it began."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    name: str
    steps: tuple[str, ...]
    began_days_ago: tuple[int, int]
    weight: int


START = ("refer", "accept")
ALLOCATED = (*START, "allocate")
TALKED = (*ALLOCATED, "try_once", "talk", "measure_start")
PLANNED = (*TALKED, "plan", "agree")
CONNECTED = (*PLANNED, "connect")
ACCEPTED = (*CONNECTED, "group_accepts")
ATTENDING = (*ACCEPTED, "attend", "attend_again")
FINISHED = (*ATTENDING, "connection_ends", "review", "measure_end", "close")

STAGES = (
    Stage("sent", ("refer",), (0, 4), 12),
    Stage("declined", ("refer", "decline"), (6, 40), 5),
    Stage("withdrawn", ("refer", "withdraw"), (8, 40), 2),
    Stage("waiting", START, (1, 6), 9),
    Stage("allocated", ALLOCATED, (2, 8), 10),
    Stage("tried", (*ALLOCATED, "try_once", "try_again"), (8, 18), 11),
    Stage("could not reach", (*ALLOCATED, "try_once", "try_again", "try_last", "close_unreached"), (30, 90), 7),
    Stage("talked", TALKED, (9, 22), 13),
    Stage("planned", PLANNED, (16, 35), 13),
    Stage("connected", CONNECTED, (16, 22), 12),
    Stage("no answer yet", CONNECTED, (26, 34), 7),
    Stage("asked", (*CONNECTED, "group_asks"), (18, 26), 4),
    Stage("waitlisted", (*CONNECTED, "group_waitlists"), (25, 50), 5),
    Stage("declined by group", (*CONNECTED, "group_declines"), (22, 40), 6),
    Stage("matched again", (*CONNECTED, "group_declines", "connect", "group_accepts"), (35, 60), 5),
    Stage("accepted", ACCEPTED, (24, 45), 12),
    Stage("did not come", (*ACCEPTED, "miss"), (30, 50), 5),
    Stage("attending", ATTENDING, (45, 95), 18),
    Stage("nothing fits", (*PLANNED, "nothing_fits"), (20, 70), 6),
    Stage("reviewed", (*ATTENDING, "review", "measure_review"), (70, 110), 8),
    Stage("paused", (*PLANNED, "pause"), (30, 60), 4),
    Stage("concern", (*TALKED, "concern"), (10, 16), 3),
    Stage("kept close", (*TALKED, "concern", "protect"), (12, 20), 2),
    Stage("finished", FINISHED, (110, 240), 19),
    Stage("back again", (*FINISHED, "refer_again"), (150, 260), 4),
)


def in_turn(count: int) -> list[Stage]:
    """`count` stages in their proportions, mixed as a real week is; when people are few, one at each stage."""
    if count <= len(STAGES):
        return list(STAGES[:count])
    total = sum(stage.weight for stage in STAGES)
    owed = {stage.name: 0.0 for stage in STAGES}
    chosen: list[Stage] = []
    for _ in range(count):
        for stage in STAGES:
            owed[stage.name] += stage.weight / total
        next_one = max(STAGES, key=lambda stage: owed[stage.name])
        owed[next_one.name] -= 1
        chosen.append(next_one)
    return chosen
