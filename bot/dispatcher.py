"""python-telegram-bot as Kring uses it: it routes updates to handlers, and makes the calls. Nothing more."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    TypeHandler,
    filters,
)

from bot.commands import Router
from bot.connections import Connections
from bot.context import Context
from bot.domain.errors import UnknownButton

if TYPE_CHECKING:
    from bot.commands import Handler


class Dispatcher(Application[Any, Context, Any, Any, Any, Any]):
    """The library's routing, but errors reach the processor: they decide what is committed."""

    async def process_error(self, update: object, error: Exception, *_: Any, **__: Any) -> bool:
        """Raise the error instead of logging it."""
        raise error


def dispatcher(token: str, api_url: str, routers: Sequence[Router], *, first: "Handler") -> Dispatcher:
    """What routes updates to these, after `first` has seen them."""
    made = (
        ApplicationBuilder()
        .application_class(Dispatcher)
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .request(Connections(api_url))
        .get_updates_request(Connections(api_url))
        .context_types(ContextTypes(context=Context))
        .updater(None)
        .job_queue(None)
        .build()
    )
    assert isinstance(made, Dispatcher)  # noqa: S101  for the type checker, the builder promises less
    made.add_handler(TypeHandler(Update, first), group=-1)
    # What someone passes on from elsewhere is not their own command, nor is what another bot wrote for them.
    own = ~filters.FORWARDED & ~filters.VIA_BOT
    typed, edited = filters.UpdateType.MESSAGE & own, filters.UpdateType.EDITED_MESSAGE & own
    for command in (command for router in routers for command in router.commands):
        made.add_handler(CommandHandler(command.names, command.handler, typed))
        if command.on_edit is not None:
            made.add_handler(CommandHandler(command.names, command.on_edit, edited))
    for router in routers:
        for word, handler in router.buttons.items():
            made.add_handler(CallbackQueryHandler(handler, pattern=f"^{word}(:|$)"))
        made.add_handlers(router.others)
    # What no button of ours said: forged, or from an old version. It is answered all the same.
    made.add_handler(CallbackQueryHandler(_unknown_button))
    return made


async def _unknown_button(update: Update, context: Context) -> None:
    raise UnknownButton
