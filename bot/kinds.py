"""The kinds of updates that Telegram is asked for. It may deliver others all the same, from before it was asked."""

KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
