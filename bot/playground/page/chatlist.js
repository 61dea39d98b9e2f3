// The left pane: who is typing, and that person's chats.
import { arrange, button, el } from "./dom.js";
import { LANGUAGES, languageName } from "./languages.js";
import { avatar, chatAvatar, chatTitle, fullName, nameNode } from "./people.js";
import { become, bus, currentPane, fail, messagesOf, open, playgroundNow, speak, world } from "./state.js";
import { unreadCount } from "./unread.js";
import { senderName, serviceText, shortMoment, summary } from "./words.js";

const people = document.getElementById("people");
const chats = document.getElementById("chats");
const languageOf = el("span", {});
const language = el("select", { onchange: () => speak(language.value).catch(fail) });
document.getElementById("language").append(el("label", {}, languageOf, language));

function personButton(user) {
  const chosen = user.id === world.me.id;
  const waiting = world.waiting.has(user.id);
  const speaks = user.language_code && `app in ${languageName(user.language_code)}`;
  const about = [fullName(user), user.admin && "admin", speaks, waiting && "has unread messages"]
    .filter(Boolean)
    .join(", ");
  const marks = [user.admin && "admin", user.language_code?.toUpperCase()].filter(Boolean);
  return button(
    {
      role: "radio",
      class: "person",
      "aria-checked": String(chosen),
      "aria-label": about,
      title: about + (user.username ? ` (@${user.username})` : " (no username)"),
      tabindex: chosen ? 0 : -1,
      "data-id": user.id,
      onclick: () => become(user.id),
    },
    el("span", { class: "face" }, avatar(user.id, fullName(user), "large"), waiting && el("span", { class: "dot" })),
    nameNode(user.first_name),
    el("small", {}, marks.join(" · ") || "\u00a0"),
  );
}

function drawPeople() {
  const focused = people.contains(document.activeElement);
  people.replaceChildren(...world.people.map(personButton));
  if (focused) people.querySelector("[aria-checked=true]").focus();
}

function drawLanguage() {
  const { first_name: name, language_code: code = "" } = world.me;
  languageOf.replaceChildren(el("bdi", {}, name), "’s Telegram is in ");
  const codes = LANGUAGES.includes(code) ? LANGUAGES : [...LANGUAGES, code];
  if (language.length !== codes.length || language.options[language.length - 1].value !== codes.at(-1)) {
    language.replaceChildren(...codes.map((one) => el("option", { value: one, lang: one }, languageName(one))));
  }
  language.value = code;
}

people.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const at = world.people.findIndex((user) => user.id === world.me.id);
  become(world.people.at((at + step) % world.people.length).id);
});

function preview(chat, last) {
  if (chat.bot_present === false && chat.type !== "private") {
    return el("em", {}, `${fullName(world.bot)} is not in this group`);
  }
  if (!last) return el("em", {}, "No messages yet");
  const own = last.from?.id === world.me.id;
  const sender = chat.type === "private" && !own ? null : own ? "You" : senderName(last);
  if (serviceText(last)) return summary(last);
  if (!sender) return el("bdi", { lang: "" }, summary(last));
  return [el("b", {}, el("bdi", {}, sender), ": "), el("bdi", { lang: "" }, summary(last))];
}

function chatRow(chat) {
  const messages = messagesOf(chat.id);
  const last = messages.at(-1) ?? chat.last;
  const unread = unreadCount(world.me.id, chat.id, messages);
  const current = chat.id === world.openId && currentPane() === "chat";
  const title = chatTitle(chat, world.bot);
  const isPrivate = chat.type === "private";
  const at = last && new Date(last.date * 1000).toISOString();
  const row = button(
    { class: "chat-row", "aria-current": current ? "true" : null, onclick: () => open(chat.id) },
    chatAvatar(chat, world.bot, "large"),
    el("span", { class: "chat-title" }, nameNode(title), isPrivate && el("small", { class: "mark" }, "bot")),
    last && el("time", { datetime: at }, shortMoment(last.date, playgroundNow())),
    el("span", { class: "preview" }, preview(chat, last)),
    unread > 0 && el("span", { class: "badge" }, String(unread), el("span", { class: "unseen" }, " unread")),
  );
  return el("li", { "data-id": chat.id }, row);
}

function drawChats() {
  const focused = document.activeElement?.closest?.("#chats li")?.dataset.id;
  arrange(chats, world.chats.map(chatRow));
  if (focused) chats.querySelector(`[data-id="${CSS.escape(focused)}"] button`)?.focus();
}

function drawTitle() {
  const unread = world.chats.reduce((sum, chat) => sum + unreadCount(world.me.id, chat.id, messagesOf(chat.id)), 0);
  document.title = (unread ? `(${unread}) ` : "") + "Kring playground";
}

bus.addEventListener("state", () => {
  if (!world.me) return;
  drawPeople();
  drawLanguage();
  drawChats();
  drawTitle();
});
