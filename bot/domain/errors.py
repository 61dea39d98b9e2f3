"""What can be wrong with a request. Errors carry data; the sentences are in bot.texts.refusals."""

from dataclasses import dataclass
from datetime import datetime


class Refusal(Exception):  # noqa: N818  it is the product's word: a request is refused, nothing broke
    """A request that cannot be granted. Nothing was saved."""


@dataclass(eq=False)
class AboutEntry(Refusal):
    """What is refused is about entry `number`."""

    number: int


class NoRecipient(Refusal):
    """A /refer that names nobody it is for."""


class NoGiver(Refusal):
    """A /thanks that names nobody to thank."""


class NoContact(Refusal):
    """A /refer without the name of the person who has the need."""


@dataclass(eq=False)
class TooLong(Refusal):
    """A text over the length we keep: `limit` characters."""

    limit: int


@dataclass(eq=False)
class TooMany(Refusal):
    """More people in one command than we take: `limit`."""

    limit: int


class Oneself(Refusal):
    """Someone refers to or thanks themself."""


class NotAPerson(Refusal):
    """The recipient is a bot, a channel or an anonymous admin: nobody could be credited."""


class AnonymousSender(Refusal):
    """The sender is an anonymous admin or a channel: nobody could be credited."""


@dataclass(eq=False)
class UnreadableAmount(Refusal):
    """`text` stands where the amount does and cannot be read as one, or could be read in two ways."""

    text: str


@dataclass(eq=False)
class AmountOutOfRange(Refusal):
    """An amount of zero or less, or over a thousand million (10**9) units."""

    text: str


class UnknownNumber(AboutEntry):
    """The club has no such entry (or none that this request may touch)."""


@dataclass(eq=False)
class UnknownWord(Refusal):
    """A word that the command does not know, such as a period; `after` the word that told what it should be."""

    word: str
    after: str = ""


@dataclass(eq=False)
class NoValue(Refusal):
    """The word `after` is there, but not what it shall be."""

    after: str


@dataclass(eq=False)
class UnknownCommand(Refusal):
    """A command that there is not, to this bot and no other."""

    word: str


class NoDetails(Refusal):
    """What was typed where a form asks for a phone number or e-mail address holds something else."""


class AnswerNeeded(Refusal):
    """A question of a form that cannot be left open."""


class NobodyOfThatName(Refusal):
    """No member, or more than one, goes by the name that was typed."""


class NotAnAmount(Refusal):
    """What was typed where a form asks for an amount cannot be read as one, or is out of range."""


class GroupOnly(Refusal):
    """The command works in the club's group only."""


class AdminsOnly(Refusal):
    """The command is for the group's admins."""


class CannotCheckAdmin(Refusal):
    """Telegram did not say whether the person is an admin."""


class NotYours(AboutEntry):
    """Only the giver of entry `number`, or an admin, may do this."""


class TooLate(AboutEntry):
    """Entry `number` is older than a giver may change it by themself."""


class AlreadyUndone(AboutEntry):
    """Entry `number` has been undone."""


class ContactErased(AboutEntry):
    """The contact of referral `number` was erased."""


class NothingToUndo(Refusal):
    """The person has no entry of the last day left to undo."""


@dataclass(eq=False)
class DailyLimit(Refusal):
    """The member has recorded as many entries of a kind today as one may; `again_at` is when the next can be."""

    limit: int
    again_at: datetime


class DailyReferrals(DailyLimit):
    """As many referrals as one may in a day."""


class DailyThanks(DailyLimit):
    """As many thanks as one may in a day."""


class DailyMeetings(DailyLimit):
    """As many one-to-ones as one may in a day."""


class DailyVisitors(DailyLimit):
    """As many visitors as one may in a day."""


class NoPartner(Refusal):
    """A /met that names nobody who was met."""


class NoVisitor(Refusal):
    """A /visitor without a name."""


class AlreadyMet(Refusal):
    """These two have a one-to-one on that day already."""


class MadeAnother(Refusal):
    """A message was edited into another command; as what it was, it made an entry without a number."""


class NotYourEntry(Refusal):
    """An entry without a number is changed by somebody who is neither its author nor an admin."""


class EntryTooLate(Refusal):
    """An entry without a number is more than a day old, and its author is no admin."""


class EntryUndone(Refusal):
    """An entry without a number was taken back already."""


class OnlyTheOther(Refusal):
    """Only the member with whom somebody says they met can say that it did not happen."""


class CannotAddByEdit(Refusal):
    """An edited /refer names more recipients than it did: an edit never makes another referral."""


class MadeAlready(AboutEntry):
    """A message was edited into another command; as what it was, it made entry `number`."""


@dataclass(eq=False)
class LongContact(Refusal):
    """The contact is over `limit` units long: most likely the need was not set apart from the name."""

    limit: int


class OnlyThanker(Refusal):
    """Only the person who said thanks can tell which referral it was for, or whose business it was."""


class Loop(AboutEntry):
    """Entry `number` came out of the very referral that is now said to come out of it."""


class NoNumber(Refusal):
    """A command about one entry, without its number."""


class NotConcerned(AboutEntry):
    """Only the two people of referral `number`, and the admins, may see and move it."""


class RecipientDecides(AboutEntry):
    """Whether referral `number` is something for them, its recipient decides."""


class OnlyGiver(AboutEntry):
    """Only who gave referral `number` can say how warm the introduction is."""


class MovedOn(AboutEntry):
    """Referral `number` is no longer where this button could move it from."""


class WonByThanks(MovedOn):
    """Somebody was thanked for referral `number`: it is won as long as the thanks stands."""


class AnsweredAlready(Refusal):
    """The member answered this month's question before."""


class QuestionOver(Refusal):
    """The question is one of a month that is over."""


class NotAMember(Refusal):
    """The person is not in that club."""


class PicturesOff(Refusal):
    """The club's admins want no pictures in the group."""


class UnknownButton(Refusal):
    """A press on a button that says nothing we know: forged, damaged, or from an older version."""
