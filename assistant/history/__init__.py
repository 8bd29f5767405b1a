"""Conversations, kept on this machine for their user alone."""

from __future__ import annotations

from assistant.history.failures import HistoryFailure
from assistant.history.store import NAME, History, open_history
from assistant.history.types import (
    Attachment,
    Branch,
    ConversationId,
    Form,
    Hit,
    Listed,
    Message,
    MessageId,
    Role,
    State,
    StoredTurn,
    Where,
    folded,
)
from assistant.history.writer import AnswerWriter

__all__ = [
    "NAME",
    "AnswerWriter",
    "Attachment",
    "Branch",
    "ConversationId",
    "Form",
    "History",
    "HistoryFailure",
    "Hit",
    "Listed",
    "Message",
    "MessageId",
    "Role",
    "State",
    "StoredTurn",
    "Where",
    "folded",
    "open_history",
]
