from .inbox import inbox, message
from .letters import letter, posted
from .outbox import outbox

__all__ = ["inbox", "letter", "message", "outbox", "posted"]
