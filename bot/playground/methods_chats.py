"""Bot API methods that look at chats and their members."""

from bot.playground.chats import PERMISSIONS, member
from bot.playground.checks import known_chat
from bot.playground.forms import CHAT, INTEGER, TRUTH, Params
from bot.playground.methods import Method
from bot.playground.people import Json, User
from bot.playground.refusal import bad_request
from bot.playground.world import World

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def _get_me(world: World, params: Params) -> Json:
    return world.bot


def _get_chat(world: World, params: Params) -> Json:
    chat = known_chat(world, params)
    about = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.type != "private":
        about["permissions"] = {name: name not in chat.forbidden for name in PERMISSIONS}
    return chat.card() | about


def _user(world: World, user_id: int) -> User:
    return world.bot if user_id == world.bot.id else world.people[user_id]


def _get_chat_member(world: World, params: Params) -> Json:
    chat = known_chat(world, params)
    if "user_id" not in params:
        raise bad_request("invalid user_id specified")
    user_id: int = params["user_id"]
    if user_id != world.bot.id and user_id not in world.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member(_user(world, user_id), chat.status.get(user_id, "left"))


def _get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = known_chat(world, params)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    with_bots = params.get("return_bots", False)
    return [
        member(_user(world, user_id), status)
        for user_id, status in chat.status.items()
        if chat.admin(user_id) and (with_bots or user_id != world.bot.id)
    ]


def _get_chat_member_count(world: World, params: Params) -> int:
    return len(known_chat(world, params).present)


def _leave_chat(world: World, params: Params) -> bool:
    chat = known_chat(world, params)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    world.bot_leaves(chat)
    return True


METHODS: dict[str, Method] = {
    "getMe": Method(_get_me, {}),
    "getChat": Method(_get_chat, {"chat_id": CHAT}),
    "getChatMember": Method(_get_chat_member, {"chat_id": CHAT, "user_id": INTEGER}),
    "getChatAdministrators": Method(_get_chat_administrators, {"chat_id": CHAT, "return_bots": TRUTH}),
    "getChatMemberCount": Method(_get_chat_member_count, {"chat_id": CHAT}),
    "leaveChat": Method(_leave_chat, {"chat_id": CHAT}),
}
