"""What the club's ledger is made of."""

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.amounts import Amount
from bot.domain.countries import country_of
from bot.domain.erased import ERASED, SOMEONE
from bot.domain.names import PersonName
from bot.domain.slots import Slot


@dataclass(frozen=True)
class Person:
    """Someone as Telegram last described them. `reachable`: the bot may write to them in private.

    `chosen_language` is the one they chose, if they did; `language_code` that of their Telegram.
    """

    user_id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    reachable: bool = False
    chosen_language: str | None = None

    @property
    def language(self) -> str | None:
        """What they read in private."""
        return self.chosen_language or self.language_code


@dataclass(frozen=True)
class Club:
    """One Telegram group with the bot in it, and how it wants things; `pictures`: may the group be shown any?

    `own_limit` is how many entries of a kind a member may record in a day, 0 for any number, None for the operator's
    limit. `open_totals`: may the group see what the club's business came to, or its admins only?
    So many `contact_months` after the last thing that happened to a referral the contact's phone number and address are
    erased; `keep_names`: the name is not.
    """

    id: int
    chat_id: int
    title: str
    language: str
    timezone: str
    own_country: str | None
    currency: str
    post_day: int
    post_time: time
    week_began_at: datetime
    next_slot_at: datetime
    bot_left_at: datetime | None
    remind_days: int
    monthly_question: bool
    pictures: bool
    own_limit: int | None
    open_totals: bool
    contact_months: int
    keep_names: bool

    @property
    def zone(self) -> ZoneInfo:
        """The club's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def country(self) -> str:
        """Where the club is ("BE"), and so its phone numbers without a country code are."""
        return self.own_country or country_of(self.timezone)

    @property
    def slot(self) -> Slot:
        """The local moment of the weekly post."""
        return Slot(self.post_day, self.post_time, self.zone)


@dataclass(frozen=True)
class Member:
    """A person in a club; `user_id` is None while they were never seen (a pending member).

    Of a pending member the @username is known, or what an imported file tells.

    `language` is what they read in private: chosen, or that of their Telegram. `erased`: they asked to be forgotten;
    nothing is known of them, and they are in the club no more.
    """

    id: int
    club_id: int
    user_id: int | None
    first_name: str
    last_name: str | None
    username: str | None
    language: str | None
    reachable: bool
    joined_at: datetime
    left_at: datetime | None
    quiet: bool
    erased: bool = False
    told_user_id: int | None = None

    @property
    def telegram_id(self) -> int | None:
        """Telegram's id of the person, as far as it is known: of who was never seen it is what a file told."""
        return self.user_id if self.user_id is not None else self.told_user_id

    @property
    def goes_by_username(self) -> bool:
        """Is nothing but the @username known?"""
        return self.user_id is None and not self.first_name and not self.erased

    @property
    def name(self) -> PersonName:
        """What `display_names` needs. A pending member goes by the @username, if no file told the name."""
        if self.erased:
            return PersonName(self.id, SOMEONE, None, None)
        if self.goes_by_username:
            return PersonName(self.id, f"@{self.username}", None, self.username)
        return PersonName(self.id, self.first_name, self.last_name, self.username)


@dataclass(frozen=True)
class Source:
    """The Telegram message that an entry comes from: its business key (raw chat id and message id)."""

    chat_id: int
    message_id: int


Status = Literal["new", "contacted", "in_progress", "won", "lost", "declined"]

Kind = Literal["outside", "inside"]
"""A referral, or direct business: the giver is the customer."""


@dataclass(frozen=True)
class Referral:
    """An entry of the ledger: the giver knows someone with a need that the recipient can meet.

    `kind_asked`: the giver was asked whether it is direct business, and did not answer yet. `warmth` is what the
    giver did for the introduction, 1 to 5. `agreed`: has the contact agreed to be called? `via_id` is the referral
    that this one came out of. None: nobody said. `double_of_id` is the earlier referral that it looks like, as long
    as the giver did not say that it is another.
    """

    id: int
    club_id: int
    number: int
    giver_id: int
    recipient_id: int
    contact: str
    need: str
    phone: str
    email: str
    kind: Kind
    given_at: datetime
    undone_at: datetime | None
    undone_by_id: int | None
    status: Status
    declined_at: datetime | None
    kind_asked: bool
    warmth: int | None
    agreed: bool | None
    via_id: int | None
    double_of_id: int | None
    source: Source

    @property
    def counts(self) -> bool:
        """Does it count as a referral given? Not direct business, nor what was undone or declined."""
        return self.kind == "outside" and self.undone_at is None and self.declined_at is None

    @property
    def is_erased(self) -> bool:
        """Was the contact erased? Nobody can bring them back."""
        return self.contact == ERASED

    @property
    def has_details(self) -> bool:
        """Is there a phone number or an e-mail address for the recipient?"""
        return bool(self.phone or self.email)


@dataclass(frozen=True)
class Event:
    """What happened to a referral after it was given: one of its sides took a value, by whom, and when.

    `side` is status, kind, warmth, agreed or via; or thanks, for a live /thanks that it is linked to. A decline with
    its reason has the value "declined:reason". `by_id` is None where nobody did it.
    """

    referral_id: int
    at: datetime
    by_id: int | None
    side: str
    value: str


@dataclass(frozen=True)
class Thanks:
    """An entry of the ledger: `from_id` thanks `to_id` for business that came of a referral."""

    id: int
    club_id: int
    number: int
    from_id: int
    to_id: int
    amount: Amount | None
    degree: int | None
    referral_id: int | None
    note: str
    given_at: datetime
    undone_at: datetime | None
    undone_by_id: int | None
    source: Source


@dataclass(frozen=True)
class Meeting:
    """A one-to-one: two members met. `by_id` wrote it down; both are credited with it."""

    id: int
    club_id: int
    by_id: int
    with_id: int
    note: str
    at: datetime
    undone_at: datetime | None
    undone_by_id: int | None
    source: Source


@dataclass(frozen=True)
class Visitor:
    """A guest whom a member brought."""

    id: int
    club_id: int
    by_id: int
    name: str
    at: datetime
    undone_at: datetime | None
    undone_by_id: int | None
    source: Source


@dataclass(frozen=True)
class Week:
    """What happened between two instants: referrals given by member, and how many were thanked."""

    given: dict[int, int] = field(default_factory=dict)
    total: int = 0
    thanked: int = 0


@dataclass(frozen=True)
class MemberFigures:
    """One member's own figures, ever. `open`: received and not yet thanked for. `met`: one-to-ones."""

    given: int
    received: int
    thanks_given: int
    thanks_received: int
    open: int
    met: int
    visitors: int


@dataclass(frozen=True)
class Post:
    """What became of a club's slot."""

    slot_at: datetime
    week_began_at: datetime
    given: int
    outcome: Literal["ranking", "quiet", "silent", "skipped"]
