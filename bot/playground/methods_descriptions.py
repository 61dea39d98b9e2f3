"""Bot API methods for the bot's descriptions."""

from bot.playground.checks import language_code, short_text
from bot.playground.forms import TEXT, Params
from bot.playground.methods import Method
from bot.playground.people import Json
from bot.playground.world import World

# How long each may be, by its name (Bot API, setMyDescription and setMyShortDescription).
_LIMITS = {"description": 512, "short_description": 120}


def _setter(name: str) -> Method:
    def set_(world: World, params: Params) -> bool:
        language = language_code(params)
        text = short_text(params, name, _LIMITS[name], f"{name} is too long")  # ours
        world.descriptions.set(name, language, text or "")
        return True

    return Method(set_, {name: TEXT, "language_code": TEXT})


def _getter(name: str) -> Method:
    def get(world: World, params: Params) -> Json:
        return {name: world.descriptions.get(name, language_code(params))}

    return Method(get, {"language_code": TEXT})


METHODS: dict[str, Method] = {
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
}
