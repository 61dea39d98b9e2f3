"""Bot API methods for the command menu."""

import re
from typing import Any

from bot.playground.checks import known_chat, language_code
from bot.playground.forms import LIST, OBJECT, TEXT, Params
from bot.playground.menu import Scope
from bot.playground.methods import Method
from bot.playground.people import Json
from bot.playground.refusal import bad_request
from bot.playground.world import World

_NAME = re.compile(r"[a-z0-9_]+")
_WIDE = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_NARROW = frozenset({"chat", "chat_administrators", "chat_member"})
_COMMANDS_LIMIT, _NAME_LIMIT, _DESCRIPTION_LIMIT = 100, 32, 256


def _scope(world: World, params: Params) -> Scope:
    scope = params.get("scope", {"type": "default"})
    kind = scope.get("type")
    if kind in _WIDE and set(scope) == {"type"}:
        return kind, None, None
    needed = {"type", "chat_id"} | ({"user_id"} if kind == "chat_member" else set())
    if kind not in _NARROW or set(scope) != needed:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if not all(type(scope[name]) is int for name in needed - {"type"}):
        raise bad_request("chat not found")
    chat = known_chat(world, scope)
    if chat.type == "private" and kind != "chat":
        raise bad_request("can't use specified scope in private chats")
    return kind, chat.id, scope.get("user_id")


def _command(command: Any) -> Json:
    if not isinstance(command, dict) or set(command) != {"command", "description"}:
        raise bad_request("can't parse BotCommand: expected an Object with command and description")  # ours
    name, description = command["command"], command["description"]
    if not isinstance(name, str) or not isinstance(description, str):
        raise bad_request("can't parse BotCommand: field must be of type String")  # ours
    name, description = name.strip().removeprefix("/"), description.strip()
    for what, text, limit in (("command", name, _NAME_LIMIT), ("command description", description, _DESCRIPTION_LIMIT)):
        if not text:
            raise bad_request(f"{what} must be non-empty")
        if len(text) > limit:  # counted in characters, as nothing else here
            raise bad_request(f"{what} length must not exceed {limit}")
    if not _NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def _set_my_commands(world: World, params: Params) -> bool:
    if "commands" not in params:
        raise bad_request("commands is empty")  # ours
    scope, language = _scope(world, params), language_code(params)  # looked at first
    commands = [_command(command) for command in params["commands"]]
    if len(commands) > _COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.menu.set(scope, language, commands)
    return True


def _get_my_commands(world: World, params: Params) -> list[Json]:
    return world.menu.get(_scope(world, params), language_code(params))


def _delete_my_commands(world: World, params: Params) -> bool:
    world.menu.set(_scope(world, params), language_code(params), [])
    return True


_WHERE = {"scope": OBJECT, "language_code": TEXT}
METHODS: dict[str, Method] = {
    "setMyCommands": Method(_set_my_commands, _WHERE | {"commands": LIST}),
    "getMyCommands": Method(_get_my_commands, _WHERE),
    "deleteMyCommands": Method(_delete_my_commands, _WHERE),
}
