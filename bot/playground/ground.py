"""What everything in the playground stands on: who and what there is, and how news of it travels."""

from collections.abc import Callable
from typing import Any, NamedTuple

from bot.clock import Clock
from bot.playground.allowance import Allowance
from bot.playground.chats import Chat
from bot.playground.descriptions import Descriptions
from bot.playground.entities import clean, finish, is_empty, utf16_length
from bot.playground.faults import Faults
from bot.playground.files import Files
from bot.playground.menu import Menu
from bot.playground.people import Json, User, the_bot
from bot.playground.refusal import NotAllowedError
from bot.playground.updates import UpdateQueue

DEMO_TOKEN = "100200300:the-demo-token-opens-nothing-but-the-playground"  # noqa: S105  no secret: it says so
TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024


class Call(NamedTuple):
    """A call the bot made: its parameters as they came, and what it got.

    `outcome` is the answer's JSON object, or the kind of the fault that kept the answer from the bot.
    """

    method: str
    params: dict[str, Any]
    outcome: Json | str


class Delivery(NamedTuple):
    """An update that was taken to the webhook; `outcome` is the HTTP status, or what kept it from being answered."""

    update: Json
    outcome: int | str


class Event(NamedTuple):
    """News for those who watch: a message, deleted, chats, clock or answer; without a chat for everyone."""

    kind: str
    chat: Chat | None
    data: Json


class Ground:
    """The state of the playground. Not for use from several threads."""

    def __init__(self, clock: Clock, token: str = DEMO_TOKEN) -> None:
        self.clock = clock
        self.token = token
        self.bot = the_bot()
        self.people: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.updates = UpdateQueue()
        self.faults = Faults()
        self.allowance: Allowance | None = None
        """Telegram's limits, where they are enforced: Allowance(world.clock)."""
        self.files = Files()
        self.menu = Menu()
        self.descriptions = Descriptions()
        self.webhook: Json = {}  # what setWebhook was last given, and what last went wrong with it
        self.hosts: list[str] = []
        """Where the webhook's host leads to, as in 127.0.0.1:8080 or /run/kring.sock: addresses on this machine, taken
        in turn, as the proxy does that stands before them and ends TLS. None: the host cannot be found."""
        self.deliveries: list[Delivery] = []
        self.log: list[Call] = []
        self.answers: dict[str, Json] = {}
        self.unanswered: set[str] = set()
        self._watchers: list[Callable[[Event], None]] = []
        self._last_message_id = (
            0  # of private chats and basic groups, which count together, as in an account of one's own
        )

    @property
    def pending(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return len(self.updates)

    @property
    def next_update_id(self) -> int:
        """The id that the next update gets; set it to see ids begin anew somewhere."""
        return self.updates.next_id

    @next_update_id.setter
    def next_update_id(self, id_: int) -> None:
        self.updates.next_id = id_

    def inject(self, update: Json) -> None:
        """Deliver a raw update as it is, however hostile; it gets an update_id only if it has none."""
        self.updates.inject(update)

    def watch(self, watcher: Callable[[Event], None]) -> Callable[[], None]:
        """Have `watcher` called with each Event; returns what ends it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def announce(self, kind: str, chat: Chat | None, data: Json) -> None:
        """Tell those who watch."""
        for watcher in list(self._watchers):
            watcher(Event(kind, chat, data))

    def unix_now(self) -> int:
        """The clock's instant as the Bot API writes it: whole seconds since 1970."""
        return int(self.clock.now().timestamp())

    def messages(self, chat: Chat) -> list[Json]:
        """The chat's messages in order, as last edited, without the deleted ones."""
        return list(chat.messages.values())

    def post(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Put a new message into the chat and tell whom it concerns; returns it."""
        if chat.type == "supergroup":
            id_ = chat.last_message_id = chat.last_message_id + 1
        else:
            id_ = self._last_message_id = self._last_message_id + 1
        message = {"message_id": id_, "from": sender, "chat": chat.card(), "date": self.unix_now(), **content}
        chat.messages[id_] = message
        self.announce("message", chat, message)
        if sender["id"] != self.bot.id and self.bot_sees(chat, message):
            self.updates.add("message", message)
        return message

    def replace(self, chat: Chat, message: Json) -> Json:
        """Put the edited message in the place of the one that was; returns it."""
        chat.messages[message["message_id"]] = message
        self.announce("message", chat, message)
        return message

    def remove(self, chat: Chat, message_id: int) -> None:
        """Delete a message for everyone."""
        del chat.messages[message_id]
        self.announce("deleted", chat, {"chat_id": chat.id, "message_id": message_id})

    def bot_sees(self, chat: Chat, message: Json) -> bool:
        """Whether the bot is shown this message: where it is no admin, privacy mode shows it little."""
        if not chat.has(self.bot.id):
            return False
        typed: str = message.get("text") or message.get("caption") or ""
        is_service = not typed and "document" not in message
        if chat.type == "private" or chat.admin(self.bot.id) or is_service:
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == self.bot.id:
            return True
        (first, *_) = message.get("entities") or message.get("caption_entities") or [{}]
        if not typed.startswith("/") or first.get("type") != "bot_command":
            return False
        command = typed[: first["length"]]
        return command.partition("@")[2].lower() in ("", self.bot["username"].lower())

    def typed(self, text: str, entities: list[Json] | None, limit: int = TEXT_LIMIT) -> Json:
        """A person's text as message fields. Raises NotAllowedError if it is empty or too long."""
        text, found = finish(clean(text), [self._given(entity) for entity in entities or ()])
        if is_empty(text):
            raise NotAllowedError("there is no text")
        if utf16_length(text) > limit:
            raise NotAllowedError(f"there are at most {limit} characters here")
        return {"text": text} | ({"entities": found} if found else {})

    def _given(self, entity: Json) -> Json:
        try:
            offset, length, kind = entity["offset"], entity["length"], entity["type"]
            if type(offset) is not int or type(length) is not int or offset < 0 or length < 1:
                raise NotAllowedError("an entity's offset and length are numbers")
            if not isinstance(kind, str):
                raise NotAllowedError("an entity's type is a text")
            if kind == "text_mention":
                return entity | {"user": self.people[entity["user"]["id"]].card()}
        except (KeyError, TypeError) as error:
            raise NotAllowedError("an entity has a type, an offset and a length; a text_mention has a user") from error
        return entity
