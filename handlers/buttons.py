"""Reading a button's data. Whatever it says is checked again: against the club, and against the person."""

from bot.context import Context
from bot.domain.errors import NotAMember, UnknownButton
from bot.domain.models import Club, Member


async def club_of_button(context: Context) -> Club:
    """The club that the button names: this group's, or in private one that the person is in.

    Raises NotAMember for any other; in particular for a button that was carried to another group.
    """
    (club_id,) = numbers(context, 1, skip=0)
    if context.in_group:
        club = await context.club()
        if club.id != club_id:
            raise NotAMember
        return club
    user = context.incoming.effective_user
    for club in await context.work.clubs.of_person(user.id) if user else ():
        if club.id == club_id:
            return club
    raise NotAMember


async def member_who_pressed(context: Context, club: Club) -> Member:
    """The member of the club who pressed the button. Raises NotAMember, also for who was one and left."""
    who = context.sender
    member = await context.work.members.of_person(club.id, who.user_id) if who else None
    if member is None or member.left_at is not None:
        raise NotAMember
    return member


def rest(context: Context, skip: int = 1) -> str:
    """All of the button's data after its first and `skip` more words. Raises UnknownButton when it is short."""
    query = context.incoming.callback_query
    parts = (query.data or "").split(":", 1 + skip) if query is not None and isinstance(query.data, str) else []
    if len(parts) < 2 + skip:
        raise UnknownButton
    return parts[-1]


def words(context: Context, count: int, skip: int = 1) -> list[str]:
    """`count` words of the button's data, after its first and `skip` more. Raises UnknownButton when it is short."""
    query = context.incoming.callback_query
    parts = (query.data or "").split(":")[1:] if query is not None and isinstance(query.data, str) else []
    wanted = parts[skip : skip + count]
    if len(wanted) < count:
        raise UnknownButton
    return wanted


def numbers(context: Context, count: int, skip: int = 1) -> list[int]:
    """The same as whole numbers. Raises UnknownButton."""
    wanted = words(context, count, skip)
    if not all(word.isascii() and word.isdigit() and len(word) < 10 for word in wanted):
        raise UnknownButton
    return [int(word) for word in wanted]
