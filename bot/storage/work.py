"""One transaction and all that can be done in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.audit import Audit
from bot.storage.board import Board
from bot.storage.chains import Chains
from bot.storage.clubs import Clubs
from bot.storage.contacts import Contacts
from bot.storage.erasure import Erasure
from bot.storage.events import Events
from bot.storage.figures import Figures
from bot.storage.forms import Forms
from bot.storage.imports import Imports
from bot.storage.inbox import Inbox
from bot.storage.links import Links
from bot.storage.lists import Lists
from bot.storage.meetings import Meetings
from bot.storage.members import Members
from bot.storage.merging import Merging
from bot.storage.month import Months
from bot.storage.newcomers import Newcomers
from bot.storage.outbox import Outbox
from bot.storage.overview import Overview
from bot.storage.personal import Personal
from bot.storage.questions import Questions
from bot.storage.queues import Queues
from bot.storage.recovery import Recovery
from bot.storage.referrals import Referrals
from bot.storage.replicas import Replicas
from bot.storage.said import Said
from bot.storage.settled import Settled
from bot.storage.sources import Sources
from bot.storage.taking_in import TakingIn
from bot.storage.tallies import Tallies
from bot.storage.thanks import ThanksGiven
from bot.storage.turns import Turns
from bot.storage.value import Value
from bot.storage.visitors import Visitors


class Work:
    """A transaction: what it writes is kept together or not at all. `now` is the instant it began.

    Of one that `writes`, the clubs it reads are locked, so that what it reads of them stays true until its end.
    """

    def __init__(
        self, connection: AsyncConnection, now: datetime, *, writes: bool = True, replica_id: int | None = None
    ) -> None:
        self._connection = connection
        self._replica_id = replica_id
        self._writes = writes
        self.now = now
        self.outbox = Outbox(connection, now)
        self.imports = Imports(connection)

    @cached_property
    def settled(self) -> Settled:
        """What was set at Telegram."""
        return Settled(self._connection)

    @cached_property
    def erasure(self) -> Erasure:
        """What is forgotten."""
        return Erasure(self._connection)

    @cached_property
    def said(self) -> Said:
        """What was said."""
        return Said(self._connection)

    @cached_property
    def inbox(self) -> Inbox:
        """What came in."""
        return Inbox(self._connection)

    @cached_property
    def turns(self) -> Turns:
        """What is to be said next."""
        return Turns(self._connection, self.now)

    @cached_property
    def queues(self) -> Queues:
        """What waits in the inbox and the outbox."""
        return Queues(self._connection, self.now)

    @cached_property
    def recovery(self) -> Recovery:
        """What is decided after an interruption."""
        return Recovery(self._connection, self.now)

    @cached_property
    def replicas(self) -> Replicas:
        """The replicas; only where there may be several."""
        if self._replica_id is None:
            raise TypeError("this database has one process")
        return Replicas(self._connection, self._replica_id)

    @cached_property
    def clubs(self) -> Clubs:
        """The clubs."""
        return Clubs(self._connection, lock=self._writes)

    @cached_property
    def members(self) -> Members:
        """People and members."""
        return Members(self._connection)

    @cached_property
    def merging(self) -> Merging:
        """Members who turn out to be one."""
        return Merging(self._connection)

    @cached_property
    def referrals(self) -> Referrals:
        """The referrals of the ledger."""
        return Referrals(self._connection)

    @cached_property
    def sources(self) -> Sources:
        """What messages have made."""
        return Sources(self._connection)

    @cached_property
    def events(self) -> Events:
        """What happened to the referrals."""
        return Events(self._connection)

    @cached_property
    def chains(self) -> Chains:
        """Which referral came out of which."""
        return Chains(self._connection)

    @cached_property
    def thanks(self) -> ThanksGiven:
        """The thanks of the ledger."""
        return ThanksGiven(self._connection)

    @cached_property
    def forms(self) -> Forms:
        """What people are filling in."""
        return Forms(self._connection)

    @cached_property
    def taking_in(self) -> TakingIn:
        """Many entries at once."""
        return TakingIn(self._connection)

    @cached_property
    def meetings(self) -> Meetings:
        """The one-to-ones."""
        return Meetings(self._connection)

    @cached_property
    def visitors(self) -> Visitors:
        """The visitors whom members brought."""
        return Visitors(self._connection)

    @cached_property
    def links(self) -> Links:
        """Which members have to do with each other."""
        return Links(self._connection)

    @cached_property
    def newcomers(self) -> Newcomers:
        """Members in their first weeks."""
        return Newcomers(self._connection)

    @cached_property
    def figures(self) -> Figures:
        """What the ledger adds up to."""
        return Figures(self._connection)

    @cached_property
    def months(self) -> Months:
        """What one member has to do with the others."""
        return Months(self._connection)

    @cached_property
    def value(self) -> Value:
        """The return of a club and of a member."""
        return Value(self._connection)

    @cached_property
    def questions(self) -> Questions:
        """The questions of the month."""
        return Questions(self._connection)

    @cached_property
    def board(self) -> Board:
        """What the board's figures are counted from."""
        return Board(self._connection)

    @cached_property
    def personal(self) -> Personal:
        """All that is kept of a person."""
        return Personal(self._connection)

    @cached_property
    def contacts(self) -> Contacts:
        """The contacts of the referrals."""
        return Contacts(self._connection)

    @cached_property
    def audit(self) -> Audit:
        """Who did what beside the ledger."""
        return Audit(self._connection, self.now)

    @cached_property
    def overview(self) -> Overview:
        """All clubs at a glance."""
        return Overview(self._connection, self.clubs)

    @cached_property
    def lists(self) -> Lists:
        """The ledger's rows, for the export."""
        return Lists(self._connection)

    @cached_property
    def tallies(self) -> Tallies:
        """What each member did."""
        return Tallies(self._connection)

    @asynccontextmanager
    async def part(self) -> AsyncIterator[None]:
        """A part of the work that an error undoes alone, and the rest can go on."""
        async with self._connection.begin_nested():
            yield
