"""Bot API methods for documents and photos."""

from bot.playground.checks import caption, writable_chat
from bot.playground.files import StoredFile, Upload, image_type, pixels_of
from bot.playground.forms import FILE, NOT_HERE, TEXT, TRUTH, Params
from bot.playground.methods import CAPTION, SENDING, Method
from bot.playground.methods_messages import post
from bot.playground.people import Json
from bot.playground.refusal import RefusedError, bad_request
from bot.playground.world import World

# Bot API, "Sending files" and getFile.
_UPLOAD_LIMIT, _PHOTO_LIMIT, _DOWNLOAD_LIMIT = 50_000_000, 10_000_000, 20_000_000


def _stored(world: World, params: Params, name: str) -> StoredFile:
    """The file of this parameter: a new one, kept from now on, or one that is here already."""
    given = params.get(name)
    if given is None or given == "":
        raise bad_request(f"there is no {name} in the request")
    if isinstance(given, Upload):
        return world.files.store(given, _checked(given, photo=name == "photo"))
    if given not in world.files.by_id:
        raise bad_request("wrong file identifier/HTTP URL specified")
    stored = world.files.by_id[given]
    if bool(stored.pixels) != (name == "photo"):
        raise bad_request(f"can't use file of type {'Photo' if stored.pixels else 'Document'} as {name.title()}")
    return stored


def _checked(upload: Upload, photo: bool) -> tuple[int, int] | None:
    """The pixels of a photo that Telegram would take; None for a document."""
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > _UPLOAD_LIMIT:
        raise RefusedError(413, "Request Entity Too Large")
    if not photo:
        return None
    pixels = pixels_of(upload.content)
    if pixels is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(pixels) > 10_000 or max(pixels) > 20 * min(pixels):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    if len(upload.content) > _PHOTO_LIMIT:
        raise bad_request("file is too big for a photo")  # ours
    return pixels


def _send_document(world: World, params: Params) -> Json:
    return _send(world, params, "document")


def _send_photo(world: World, params: Params) -> Json:
    return _send(world, params, "photo")


def _send(world: World, params: Params, name: str) -> Json:
    text, entities = caption(world, params)
    chat = writable_chat(world, params)
    if not chat.may(world.bot.id, f"can_send_{name}s"):
        raise bad_request(f"not enough rights to send {name}s to the chat")
    stored = _stored(world, params, name)
    content: Json = {name: [stored.photo_size()] if name == "photo" else stored.document()}
    content |= {"caption": text} if text else {}
    content |= {"caption_entities": entities} if entities else {}
    return post(world, chat, params, content)


def _get_file(world: World, params: Params) -> Json:
    stored = world.files.by_id.get(params.get("file_id", ""))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.upload.content) > _DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return stored.file()


def served_type(stored: StoredFile) -> str:
    """The type under which a file is served to a browser: a picture as such, anything else as mere bytes."""
    return image_type(stored.upload.content) or "application/octet-stream"


METHODS: dict[str, Method] = {
    "sendDocument": Method(
        _send_document,
        SENDING | CAPTION | {"document": FILE, "thumbnail": NOT_HERE, "disable_content_type_detection": TRUTH},
    ),
    "sendPhoto": Method(
        _send_photo,
        SENDING | CAPTION | {"photo": FILE, "show_caption_above_media": TRUTH, "has_spoiler": TRUTH},
    ),
    "getFile": Method(_get_file, {"file_id": TEXT}),
}
