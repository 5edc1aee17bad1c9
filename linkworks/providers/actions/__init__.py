"""What groups do, and what they are asked."""

from .answering import answer, keep_register
from .listings import ask_group, ask_groups, chase_groups

__all__ = ["answer", "ask_group", "ask_groups", "chase_groups", "keep_register"]
