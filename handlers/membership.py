"""Who comes and goes: people, the bot itself, and a group's chat id."""

from typing import TYPE_CHECKING

from telegram import Chat, ChatMember, Message, Update
from telegram.ext import ChatMemberHandler

from bot.commands import Router
from bot.context import Context, person
from bot.domain.models import Club, Person, Referral
from bot.kinds import KINDS
from bot.services import clubs, members
from bot.services.thanks import read as read_thanks
from bot.texts import clubs as texts
from bot.texts import language_of
from handlers import newcomers, referrals, thanks

if TYPE_CHECKING:
    from bot.storage.work import Work

router = Router()
_PRESENT = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


async def seen(update: Update, context: Context) -> None:
    """Before anything else: keep who this is, and in which club. Every update comes through here.

    Telegram may still deliver kinds that are not asked for any more; a request to join, say, is no membership.
    """
    if update.effective_chat is None or not any(getattr(update, kind) for kind in KINDS):
        return
    message = update.message
    if message is not None and message.migrate_to_chat_id is not None:
        await group_upgraded(context.work, message.chat_id, message.migrate_to_chat_id)
    if message is not None and message.migrate_from_chat_id is not None:
        await group_upgraded(context.work, message.migrate_from_chat_id, message.chat_id)
    if context.in_group:
        await _seen_in_group(context, message)
    elif context.sender is not None and update.my_chat_member is None:
        await context.meet()


async def _seen_in_group(context: Context, message: Message | None) -> None:
    club = await context.club()
    if club.bot_left_at is not None and message is not None and club.chat_id == context.chat.id:
        await context.work.clubs.bot_left(club.id, None)  # what it reads, it is there for
    new = await _newcomers(context, club)
    if context.sender is not None and (message is None or message.left_chat_member is None):
        await context.member()
    await newcomers.welcome(context, club, new)
    if message is None:
        return
    for user in message.new_chat_members:
        if not user.is_bot:
            await members.join(context.work, club, person(user))
    if message.left_chat_member is not None:
        await members.leave(context.work, club, message.left_chat_member.id)


async def _newcomers(context: Context, club: Club) -> list[Person]:
    """Who comes into the group by this update and was never seen in the club before.

    Telegram may tell it twice, by a message and by a change of the member: after the first they are known.
    """
    message, change = context.incoming.message, context.incoming.chat_member
    users = list(message.new_chat_members) if message is not None else []
    if change is not None and _is_present(change.new_chat_member) and not _is_present(change.old_chat_member):
        users.append(change.new_chat_member.user)
    if any(user.id == context.bot.id for user in users):
        return []  # they were there when the bot came
    return [
        person(user)
        for user in users
        if not user.is_bot and await context.work.members.of_person(club.id, user.id) is None
    ]


async def group_upgraded(work: "Work", old_chat_id: int, new_chat_id: int) -> None:
    """The group became a supergroup. What got another number by it is shown with that."""
    for entry in await clubs.upgraded(work, old_chat_id, new_chat_id):
        if isinstance(entry, Referral):
            await referrals.show_again(work, entry.id)
        else:
            await thanks.show_again(work, await read_thanks(work, entry))


async def bot_moved(update: Update, context: Context) -> None:
    """The bot was added to a group or removed from it, or someone (un)blocked it in private."""
    change = update.my_chat_member
    if change is None:
        return
    here = _is_present(change.new_chat_member)
    if context.chat.type == Chat.PRIVATE:
        # To be unblocked, or to have the chat opened, is no leave to write yet as long as nobody pressed Start.
        if not here:
            await context.work.members.set_reachable(change.from_user.id, False)
        return
    if not context.in_group:
        return
    club = await context.club()
    if club.chat_id != context.chat.id:
        return  # the group that became a supergroup: the bot is in that one
    was_here = _is_present(change.old_chat_member)
    await context.work.clubs.bot_left(club.id, None if here else context.work.now)
    if here and not was_here:
        await context.say(texts.greeting(language_of(club)))


async def member_moved(update: Update, context: Context) -> None:
    """Telegram tells a bot that is an admin who came and went, also where no message says so."""
    change = update.chat_member
    if change is None or change.new_chat_member.user.is_bot or not context.in_group:
        return
    club = await context.club()
    if _is_present(change.new_chat_member):
        await members.join(context.work, club, person(change.new_chat_member.user))
    else:
        await members.leave(context.work, club, change.new_chat_member.user.id)


def _is_present(member: ChatMember) -> bool:
    # Someone restricted may be in the group or not; Telegram says which.
    return member.status in _PRESENT or bool(getattr(member, "is_member", False))


router.others += [
    ChatMemberHandler(bot_moved, ChatMemberHandler.MY_CHAT_MEMBER),
    ChatMemberHandler(member_moved, ChatMemberHandler.CHAT_MEMBER),
]
