"""Who comes into a chat, goes, and is promoted; and what the bot is told of it."""

from bot.playground.chats import Chat, member
from bot.playground.ground import Ground
from bot.playground.people import ANONYMOUS_ADMIN, User
from bot.playground.refusal import NotAllowedError


class Membership(Ground):
    """The part of the world that is about being in a chat."""

    def add_bot(self, chat: Chat, by: User) -> None:
        """Add the bot to a group, also once it was removed from it."""
        self._must_be_in(chat, by)
        if not chat.has(self.bot.id):
            self._change(chat, self.bot, by, "member")
            self.post(chat, by.sender(), _new_members(self.bot))

    def remove_bot(self, chat: Chat, by: User) -> None:
        """Remove the bot from a group; it is told, and can no longer write there."""
        self._must_be_in(chat, by)
        self._must_be_in(chat, self.bot)
        # The service message first: afterwards the bot would not be shown it.
        self.post(chat, by.sender(), {"left_chat_member": self.bot.card()})
        self._change(chat, self.bot, by, "kicked")

    def bot_leaves(self, chat: Chat) -> None:
        """The bot goes of its own accord."""
        self._change(chat, self.bot, self.bot, "left")
        self.post(chat, self.bot.card(), {"left_chat_member": self.bot.card()})

    def join(self, chat: Chat, person: User) -> None:
        """A person comes into a group."""
        if not chat.has(person.id):
            self._change(chat, person, person, "member")
            self.post(chat, person.sender(), _new_members(person))

    def leave(self, chat: Chat, person: User) -> None:
        """A person leaves a group."""
        self._must_be_in(chat, person)
        self._change(chat, person, person, "left")
        self.post(chat, person.sender(), {"left_chat_member": person.card()})

    def promote(self, chat: Chat, person: User, admin: bool = True) -> None:
        """The owner makes a person (or the bot) an admin of a group, or takes that away."""
        self._must_be_in(chat, person)
        owner = next(user_id for user_id, status in chat.status.items() if status == "creator")
        if person.id == owner:
            raise NotAllowedError("the owner stays the owner")
        self._change(chat, person, self.people[owner], "administrator" if admin else "member")

    def block(self, person: User) -> None:
        """The person blocks the bot."""
        self._change(self.private(person), self.bot, person, "kicked")

    def unblock(self, person: User) -> None:
        """The person lets the bot write again."""
        self._change(self.private(person), self.bot, person, "member")

    def private(self, person: User) -> Chat:
        """The person's private chat with the bot; the bot may write there once the person has."""
        if person.id not in self.chats:
            chat = Chat(person.id, "private", self.bot["first_name"], person)
            chat.status = {person.id: "member", self.bot.id: "member"}
            self.chats[chat.id] = chat
        return self.chats[person.id]

    def upgrade(self, chat: Chat, *, new_chat_first: bool = False) -> Chat:
        """Make a basic group a supergroup, a new chat; the bot hears of the old or the new chat first."""
        if chat.type != "group" or chat.migrated_to is not None:
            raise NotAllowedError("only a basic group can be upgraded")
        new = Chat(-1001000000000 - len(self.chats), "supergroup", chat.title)
        new.status = dict(chat.status)
        self.chats[new.id] = new
        owner = next(user_id for user_id, status in chat.status.items() if status == "creator")
        in_old = (chat, self.people[owner].sender(), {"migrate_to_chat_id": new.id})
        in_new = (new, ANONYMOUS_ADMIN, {"sender_chat": new.card(), "migrate_from_chat_id": chat.id})
        for where, sender, content in (in_new, in_old) if new_chat_first else (in_old, in_new):
            self.post(where, sender, content)
        chat.migrated_to = new.id
        self.announce("chats", new, {"chat_id": new.id})
        return new

    def _must_be_in(self, chat: Chat, user: User) -> None:
        if not chat.has(user.id):
            raise NotAllowedError(f"{user['first_name']} is not in {chat.title}")

    def _change(self, chat: Chat, user: User, by: User, status: str) -> None:
        before = chat.status.get(user.id, "left")
        if before == status:
            return
        chat.status[user.id] = status
        change = {
            "chat": chat.card(),
            "from": by.sender(),
            "date": self.unix_now(),
            "old_chat_member": member(user, before),
            "new_chat_member": member(user, status),
        }
        if user is self.bot:
            self.updates.add("my_chat_member", change)
        elif chat.admin(self.bot.id):
            self.updates.add("chat_member", change)
        self.announce("chats", None, {"chat_id": chat.id})


def _new_members(user: User) -> dict[str, object]:
    # Besides the list Telegram still sends the two fields of older versions; clients of today read the list.
    return {"new_chat_members": [user.card()]}
