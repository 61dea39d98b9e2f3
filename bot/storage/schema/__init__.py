"""The tables of the database."""

from bot.storage.schema.base import UtcDateTime, key, metadata
from bot.storage.schema.clubs import (
    audit,
    club_chats,
    clubs,
    forms,
    members,
    people,
    posts,
    question_voters,
    questions,
)
from bot.storage.schema.imports import imports
from bot.storage.schema.ledger import meetings, referral_events, referrals, thanks, visitors
from bot.storage.schema.queues import UNREAD, UNSAID, inbox, outbox, settled, unsaid
from bot.storage.schema.replicas import replicas, shards

__all__ = [
    "UNREAD",
    "UNSAID",
    "UtcDateTime",
    "audit",
    "club_chats",
    "clubs",
    "forms",
    "imports",
    "inbox",
    "key",
    "meetings",
    "members",
    "metadata",
    "outbox",
    "people",
    "posts",
    "question_voters",
    "questions",
    "referral_events",
    "referrals",
    "replicas",
    "settled",
    "shards",
    "thanks",
    "unsaid",
    "visitors",
]
