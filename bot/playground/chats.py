"""A chat: who is in it and what was said in it."""

from bot.playground.people import Json, User

PRESENT = frozenset({"creator", "administrator", "member"})
ADMINS = frozenset({"creator", "administrator"})

# ChatMemberAdministrator's rights, all of them required fields.
_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)

# ChatPermissions: what a group allows those who are no admins.
PERMISSIONS = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
    *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"),
)


class Chat:
    """A private chat with the bot, a group or a supergroup.

    A message dict is never changed once it is in `messages`: an edit puts a new one in its place, so an
    update may hold the dict that was.
    """

    def __init__(self, id_: int, type_: str, title: str, person: User | None = None) -> None:
        self.id = id_
        self.type = type_
        self.title = title
        self.person = person  # of a private chat
        self.started = False  # whether the person of a private chat has ever written there
        self.status: dict[int, str] = {}  # by user id; who was never here is not in it
        self.messages: dict[int, Json] = {}  # by message id, in order
        self.last_message_id = 0  # of a supergroup, which counts its own
        self.migrated_to: int | None = None
        self.forbidden: set[str] = set()  # of PERMISSIONS, what only admins may

    def __repr__(self) -> str:
        return f"<Chat {self.id} {self.type} {self.title!r}>"

    def card(self) -> Json:
        """The Bot API's Chat object."""
        if self.person is not None:
            names = {key: self.person[key] for key in ("first_name", "last_name", "username") if key in self.person}
            return {"id": self.id, "type": "private", **names}
        return {"id": self.id, "type": self.type, "title": self.title}

    def has(self, user_id: int) -> bool:
        """Whether this user is in the chat now."""
        return self.status.get(user_id) in PRESENT

    def admin(self, user_id: int) -> bool:
        """Whether this user owns or administers the chat."""
        return self.status.get(user_id) in ADMINS

    def may(self, user_id: int, permission: str) -> bool:
        """Whether this user, who is in the chat, is allowed this of PERMISSIONS there."""
        return permission not in self.forbidden or self.admin(user_id)

    @property
    def present(self) -> list[int]:
        """The ids of all who are in the chat now, the bot among them."""
        return [user_id for user_id, status in self.status.items() if status in PRESENT]

    @property
    def last(self) -> Json | None:
        """The newest message that is still there."""
        return next(reversed(self.messages.values()), None)


def member(user: User, status: str) -> Json:
    """The Bot API's ChatMember object."""
    about: Json = {"status": status, "user": user.card()}
    if status == "creator":
        about["is_anonymous"] = False
    elif status == "administrator":
        rights = dict.fromkeys(_RIGHTS, True)
        about |= {"can_be_edited": False, "is_anonymous": False, "can_promote_members": False, **rights}
    elif status == "kicked":
        about["until_date"] = 0
    return about
