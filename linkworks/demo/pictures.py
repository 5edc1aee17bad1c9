"""Drawn doors in place of photographs: the made-up London has no camera, and nobody takes a drawing for a real hall."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from linkworks.directory.actions import add_photo
from linkworks.directory.models import Service

from .world import MAKER, World

EACH = 3  # of so many listings, one has pictures
SIZE = (960, 640)
WALLS = {"brick": "#b5735a", "sand": "#d9c7a3", "grey": "#9aa5ab", "cream": "#efe6d0"}
DOORS = {"green": "#2f6b4f", "blue": "#2b5a8c", "red": "#a63a32", "yellow": "#d8a528", "black": "#2c2f33"}
GROUND: dict[str, list[list[tuple[int, int]]]] = {
    "no steps": [],
    "two steps": [[(350, 580), (610, 580), (610, 610), (350, 610)], [(380, 550), (580, 550), (580, 580), (380, 580)]],
    "a ramp on the left": [[(130, 610), (390, 550), (570, 550), (570, 610)]],
}


def show_the_door(world: World, service: Service) -> None:
    """Show what its door looks like, with one listing in three."""
    if len(world.groups) % EACH:
        return
    dice = Random(service.name)  # its own, so that the stories told after it stay as they are
    wall, door, way_in = dice.choice(list(WALLS)), dice.choice(list(DOORS)), dice.choice(list(GROUND))
    shows = f"Drawing of the way in: a {door} door in a {wall} wall, {way_in}"
    add_photo(service, file=drawn(WALLS[wall], DOORS[door], way_in), shows=shows, by=MAKER)


def drawn(wall: str, door: str, way_in: str) -> bytes:
    """A house front with its door, two windows and the way in."""
    page = Image.new("RGB", SIZE, "#cfe3ee")
    pen = ImageDraw.Draw(page)
    pen.rectangle((60, 90, 900, 560), fill=wall)
    pen.rectangle((0, 560, 960, 640), fill="#8a8f91")
    for left in (140, 660):
        pen.rectangle((left, 200, left + 160, 380), fill="#eef6fa", outline="#ffffff", width=10)
        pen.line((left + 80, 200, left + 80, 380), fill="#ffffff", width=8)
    pen.rectangle((390, 230, 570, 560), fill=door, outline="#ffffff", width=10)
    pen.ellipse((535, 390, 553, 408), fill="#f4e2a0")
    for shape in GROUND[way_in]:
        pen.polygon(shape, fill="#b9bdbf", outline="#6d7274")
    written = BytesIO()
    page.save(written, "JPEG", quality=80)
    return written.getvalue()
