// One message as a list item.
import { fileUrl, press } from "./api.js";
import { insert } from "./composer.js";
import { button, el, icon, WORDS } from "./dom.js";
import { botPayload, rich, safeUrl } from "./entities.js";
import { alertDialog, pictureDialog, toast } from "./overlays.js";
import { avatar, nameNode, tint } from "./people.js";
import { fail, person, startBot, world } from "./state.js";
import { fileSize, fullMoment, senderId, senderName, serviceText, summary, timeOf } from "./words.js";

const WIDEST = 800; // pixels: larger sizes of a photo are for the dialog only

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  } catch {
    insert(text); // no clipboard here (plain http from another machine): put it where it was going anyway
  }
}

function botLink(href) {
  const payload = botPayload(href, world.bot.username);
  return payload === undefined ? null : () => startBot(payload);
}

const actions = { command: (text) => insert(`${text} `), copy, botLink };

function quote(replied, jump) {
  return button(
    {
      class: `quote ${tint(senderId(replied))}`,
      title: "Go to this message",
      onclick: () => jump(replied.message_id),
    },
    nameNode(senderName(replied)),
    el("span", { class: "quoted", ...WORDS }, summary(replied)),
  );
}

function photo(message) {
  const sizes = [...message.photo].sort((a, b) => a.width - b.width);
  const shown = sizes.findLast((size) => size.width <= WIDEST) ?? sizes[0];
  const description = message.caption ?? "Photo";
  const image = el("img", { src: fileUrl(shown.file_id), width: shown.width, height: shown.height, alt: description });
  const enlarge = () => pictureDialog(fileUrl(sizes.at(-1).file_id), description);
  return button({ class: "photo", "aria-label": `Enlarge: ${description}`, onclick: enlarge }, image);
}

function documentRow({ file_id: fileId, file_name: name = "File", file_size: size }) {
  return el(
    "a",
    { class: "file", href: fileUrl(fileId), download: name, title: `Download ${name}` },
    el("span", { class: "file-icon" }, icon("file")),
    nameNode(name, "file-name"),
    el("small", {}, [fileSize(size), "download"].filter(Boolean).join(" · ")),
  );
}

async function pressed(key, message, data) {
  key.disabled = true;
  key.setAttribute("aria-busy", "true");
  try {
    const answer = await press({ as: world.me.id, chat_id: message.chat.id, message_id: message.message_id, data });
    if (answer?.text) (answer.show_alert ? alertDialog : toast)(answer.text);
  } catch (error) {
    fail(error);
  }
  key.disabled = false;
  key.removeAttribute("aria-busy");
}

function keyButton(key, message) {
  const label = el("bdi", { lang: "" }, key.text);
  const href = key.url && safeUrl(key.url);
  if (href) {
    const toBot = botLink(href);
    const go = toBot && ((event) => (event.preventDefault(), toBot()));
    const where = { href, title: href, target: "_blank", rel: "noopener noreferrer" };
    return el("a", { class: "key", ...where, onclick: go }, label, icon("link"));
  }
  const act = key.callback_data
    ? (event) => pressed(event.currentTarget, message, key.callback_data)
    : key.copy_text && (() => copy(key.copy_text.text));
  const style = key.style ? `style-${key.style}` : ""; // Bot API 9.4: primary, success or danger
  return button({ class: `key ${style}`, disabled: !act, onclick: act }, label);
}

function keyboard(message) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  const draw = (row) => el("div", { class: "keys-row" }, row.map((key) => keyButton(key, message)));
  return el("div", { class: "keys", role: "group", "aria-label": "Buttons" }, rows.map(draw));
}

function meta(message) {
  const edited = message.edit_date ? el("span", {}, "edited") : null;
  const iso = new Date(message.date * 1000).toISOString();
  const time = el("time", { datetime: iso, title: fullMoment(message.date) }, timeOf(message.date));
  return el("span", { class: "meta", dir: "ltr", lang: "en" }, edited, time);
}

function sender(message) {
  const isBot = message.from?.is_bot && !message.sender_chat;
  const role = isBot ? "bot" : person(message.from?.id)?.admin ? "admin" : null;
  const mark = role && el("small", { class: "mark" }, role);
  return el("div", { class: `who ${tint(senderId(message))}` }, nameNode(senderName(message)), mark);
}

function bubble(message, { named, replied, jump }) {
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  return el(
    "div",
    { class: message.photo ? "bubble pictured" : "bubble" },
    named && sender(message),
    replied && quote(replied, jump),
    message.photo && photo(message),
    message.document && documentRow(message.document),
    el("div", { class: text ? "text" : "text bare", ...WORDS }, text && rich(text, entities, actions), meta(message)),
  );
}

const serviceItem = (message, words) =>
  el("li", { class: "service", "data-id": message.message_id, tabindex: -1 }, el("bdi", {}, words));

/**
 * The list item of a message. `look` has: own, first and last (of a run by one sender), group (names and avatars are
 * shown), replied (the message answered, or null), jump(message id), menu(event) to open the message's menu.
 */
export function messageItem(message, look) {
  const words = serviceText(message);
  if (words) return serviceItem(message, words);
  const { own, first, last, group, menu } = look;
  const classes = ["message", own && "own", first && "first", last && "last"].filter(Boolean).join(" ");
  const picture = last && avatar(senderId(message), senderName(message));
  const face = group && !own && el("span", { class: "side-face" }, picture);
  return el(
    "li",
    { class: classes, "data-id": message.message_id, tabindex: -1 },
    own && el("span", { class: "unseen" }, "You: "),
    face,
    el("div", { class: "stack" }, bubble(message, { ...look, named: group && !own && first }), keyboard(message)),
    button({ class: "more", tabindex: -1, "aria-label": "Message menu", onclick: menu }, icon("more")),
  );
}
