"""What groups do, and what they are asked."""

from .answering import answer, keep_register
from .listings import ask_group, ask_groups, chase_groups
from .telling import tell_edit_decided

__all__ = ["answer", "ask_group", "ask_groups", "chase_groups", "keep_register", "tell_edit_decided"]
