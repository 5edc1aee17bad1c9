"""Stories of made-up people, told through the same actions as the pages: each at its stage, some going wrong."""

from .desk import build as build_desk
from .telling import build

__all__ = ["build", "build_desk"]
