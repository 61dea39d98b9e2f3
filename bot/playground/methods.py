"""A Bot API method: what it takes and what does it; and which methods Telegram has besides."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.forms import (
    CHAT,
    INTEGER,
    LIST,
    NOT_HERE,
    OBJECT,
    TEXT,
    TRUTH,
    Params,
)
from bot.playground.world import World

Run = Callable[[World, Params], Any | Awaitable[Any]]


@dataclass(frozen=True)
class Method:
    """What carries a method out, and the types of its parameters by name."""

    run: Run
    types: Mapping[str, str]


# The parameters that the sending methods have in common, and the editing ones.
SENDING = {
    "chat_id": CHAT,
    "parse_mode": TEXT,
    "disable_notification": TRUTH,
    "protect_content": TRUTH,
    "allow_paid_broadcast": TRUTH,
    "reply_parameters": OBJECT,
    "reply_markup": OBJECT,
    "message_thread_id": NOT_HERE,
    "message_effect_id": NOT_HERE,
    "business_connection_id": NOT_HERE,
    "direct_messages_topic_id": NOT_HERE,
    "suggested_post_parameters": NOT_HERE,
}
EDITING = {
    "chat_id": CHAT,
    "message_id": INTEGER,
    "reply_markup": OBJECT,
    "inline_message_id": NOT_HERE,
    "business_connection_id": NOT_HERE,
}
CAPTION = {"caption": TEXT, "parse_mode": TEXT, "caption_entities": LIST}

# Bot API 10.1. Those that the playground has stand here as well: it looks for those first.
_NAMES = """
getUpdates setWebhook deleteWebhook getWebhookInfo getMe logOut close sendMessage forwardMessage
forwardMessages copyMessage copyMessages sendPhoto sendLivePhoto sendAudio sendDocument sendVideo
sendAnimation sendVoice sendVideoNote sendPaidMedia sendMediaGroup sendLocation sendVenue sendContact
sendPoll sendChecklist sendDice sendMessageDraft sendChatAction setMessageReaction getUserProfilePhotos
getUserProfileAudios setUserEmojiStatus getFile banChatMember unbanChatMember restrictChatMember
promoteChatMember setChatAdministratorCustomTitle setChatMemberTag banChatSenderChat unbanChatSenderChat
setChatPermissions exportChatInviteLink createChatInviteLink editChatInviteLink
createChatSubscriptionInviteLink editChatSubscriptionInviteLink revokeChatInviteLink approveChatJoinRequest
declineChatJoinRequest answerChatJoinRequestQuery sendChatJoinRequestWebApp setChatPhoto deleteChatPhoto
setChatTitle setChatDescription pinChatMessage unpinChatMessage unpinAllChatMessages leaveChat getChat
getChatAdministrators getChatMemberCount getChatMember getUserPersonalChatMessages setChatStickerSet
deleteChatStickerSet getForumTopicIconStickers createForumTopic editForumTopic closeForumTopic
reopenForumTopic deleteForumTopic unpinAllForumTopicMessages editGeneralForumTopic closeGeneralForumTopic
reopenGeneralForumTopic hideGeneralForumTopic unhideGeneralForumTopic unpinAllGeneralForumTopicMessages
answerCallbackQuery answerGuestQuery getUserChatBoosts getBusinessConnection getManagedBotToken
replaceManagedBotToken getManagedBotAccessSettings setManagedBotAccessSettings setMyCommands
deleteMyCommands getMyCommands setMyName getMyName setMyDescription getMyDescription setMyShortDescription
getMyShortDescription setMyProfilePhoto removeMyProfilePhoto setChatMenuButton getChatMenuButton
setMyDefaultAdministratorRights getMyDefaultAdministratorRights getAvailableGifts sendGift
giftPremiumSubscription verifyUser verifyChat removeUserVerification removeChatVerification
readBusinessMessage deleteBusinessMessages setBusinessAccountName setBusinessAccountUsername
setBusinessAccountBio setBusinessAccountProfilePhoto removeBusinessAccountProfilePhoto
setBusinessAccountGiftSettings getBusinessAccountStarBalance transferBusinessAccountStars
getBusinessAccountGifts getUserGifts getChatGifts convertGiftToStars upgradeGift transferGift postStory
repostStory editStory deleteStory answerWebAppQuery savePreparedInlineMessage savePreparedKeyboardButton
editMessageText editMessageCaption editMessageMedia editMessageLiveLocation stopMessageLiveLocation
editMessageChecklist editMessageReplyMarkup stopPoll approveSuggestedPost declineSuggestedPost deleteMessage
deleteMessages deleteMessageReaction deleteAllMessageReactions sendSticker getStickerSet
getCustomEmojiStickers uploadStickerFile createNewStickerSet addStickerToSet setStickerPositionInSet
deleteStickerFromSet replaceStickerInSet setStickerEmojiList setStickerKeywords setStickerMaskPosition
setStickerSetTitle setStickerSetThumbnail setCustomEmojiStickerSetThumbnail deleteStickerSet sendRichMessage
sendRichMessageDraft answerInlineQuery sendInvoice createInvoiceLink answerShippingQuery
answerPreCheckoutQuery getMyStarBalance getStarTransactions refundStarPayment editUserStarSubscription
setPassportDataErrors sendGame setGameScore getGameHighScores
"""
TELEGRAM_HAS = frozenset(_NAMES.lower().split())
