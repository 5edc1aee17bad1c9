from .inbox import inbox, message
from .letters import letter, letters, posted, undelivered
from .outbox import outbox

__all__ = ["inbox", "letter", "letters", "message", "outbox", "posted", "undelivered"]
