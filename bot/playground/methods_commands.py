"""Bot API methods for the command menu."""

import re
from typing import Any

from bot.playground.checks import known_chat
from bot.playground.entities import utf16_length
from bot.playground.forms import LIST, OBJECT, TEXT, Params
from bot.playground.menu import Scope
from bot.playground.methods import Method
from bot.playground.people import Json
from bot.playground.refusal import bad_request
from bot.playground.world import World

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_WIDE = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_NARROW = frozenset({"chat", "chat_administrators", "chat_member"})
_COMMANDS_LIMIT, _DESCRIPTION_LIMIT = 100, 256


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
    return kind, known_chat(world, scope).id, scope.get("user_id")


def _language(params: Params) -> str:
    language: str = params.get("language_code", "")
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _command(command: Any) -> Json:
    if not isinstance(command, dict) or set(command) != {"command", "description"}:
        raise bad_request("can't parse BotCommand: expected an Object with command and description")  # ours
    name, description = command["command"], command["description"]
    if not isinstance(name, str) or not _NAME.fullmatch(name.removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= utf16_length(description.strip()) <= _DESCRIPTION_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description.strip()}


def _set_my_commands(world: World, params: Params) -> bool:
    if "commands" not in params:
        raise bad_request("commands is empty")  # ours
    commands = [_command(command) for command in params["commands"]]
    if len(commands) > _COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.menu.set(_scope(world, params), _language(params), commands)
    return True


def _get_my_commands(world: World, params: Params) -> list[Json]:
    return world.menu.get(_scope(world, params), _language(params))


def _delete_my_commands(world: World, params: Params) -> bool:
    world.menu.set(_scope(world, params), _language(params), [])
    return True


_WHERE = {"scope": OBJECT, "language_code": TEXT}
METHODS: dict[str, Method] = {
    "setMyCommands": Method(_set_my_commands, _WHERE | {"commands": LIST}),
    "getMyCommands": Method(_get_my_commands, _WHERE),
    "deleteMyCommands": Method(_delete_my_commands, _WHERE),
}
