// Where one types: a new message, a reply, or an edit of one's own message.
import { button, el, icon, WORDS } from "./dom.js";
import { languageName } from "./languages.js";
import { follow, mentionsOf, toSend } from "./mentions.js";
import { openMenu } from "./overlays.js";
import { avatar, fullName } from "./people.js";
import { become, bus, edit, fail, messagesOf, openChat, say, sendFile, world } from "./state.js";
import { suggest } from "./suggest.js";
import { senderName, summary } from "./words.js";

const hasKeyboard = matchMedia("(hover: hover)");
const blank = () => ({ text: "", mentions: [], reply: null, editing: null, shelved: null });

const drafts = new Map(); // chat id → what is being written there
let draft = blank();
let draftOf = { chat: null, person: null };

const form = document.getElementById("composer");
const context = el("div", { class: "context", hidden: true });
const list = el("div", { id: "offers", role: "listbox", "aria-label": "Suggestions", hidden: true });
const asButton = button({ class: "plain as", "aria-haspopup": "menu", onclick: choosePerson });
const input = el("textarea", {
  rows: 1,
  placeholder: "Message",
  "aria-label": "Message",
  "aria-autocomplete": "list",
  "aria-controls": "offers",
  "aria-expanded": "false",
  role: "combobox",
  enterkeyhint: "send",
  ...WORDS,
});
const sendButton = el("button", { type: "submit", class: "send", "aria-label": "Send" }, icon("send"), icon("check"));
const closed = el("p", { class: "closed", hidden: true });
const picker = el("input", { type: "file", hidden: true, "aria-label": "File to send", onchange: attach });
const clip = button({ class: "plain clip", "aria-label": "Send a file", onclick: () => picker.click() }, icon("clip"));
const row = el("div", { class: "row", hidden: true }, asButton, input, picker, clip, sendButton);
form.append(list, context, row, closed); // the row shows itself with the first chat: words typed before it would be lost

const offers = suggest(input, list, ({ from, to, insert: words, user }) => {
  const spaced = input.value[to] === " " ? words : `${words} `;
  replace(from, to, spaced);
  if (user) draft.mentions.push({ offset: from, length: words.length, name: words, user: plainUser(user) });
  input.selectionStart = input.selectionEnd = from + words.length + 1;
});

const plainUser = ({ admin: _, ...user }) => user;

function choosePerson() {
  const items = world.people.map((user) => ({
    label: fullName(user),
    note: user.language_code && languageName(user.language_code),
    node: avatar(user.id, fullName(user), "small"),
    checked: user.id === world.me.id,
    act: () => become(user.id),
  }));
  openMenu(asButton, items, "Who is typing?");
}

/** Replaces part of the text as if it were typed. */
function replace(from, to, words) {
  input.setRangeText(words, from, to, "end");
  changed();
}

function changed() {
  draft.mentions = follow(draft.mentions, draft.text, input.value, input.selectionStart);
  draft.text = input.value;
  grow();
}

function grow() {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 180)}px`;
  sendButton.disabled = !draft.text.trim();
}

function drawContext() {
  const { reply, editing } = draft;
  const message = editing ?? reply;
  context.hidden = !message;
  sendButton.classList.toggle("editing", Boolean(editing));
  sendButton.setAttribute("aria-label", editing ? "Save the edit" : "Send");
  if (!message) return context.replaceChildren();
  const title = editing ? "Edit message" : `Reply to ${senderName(reply)}`;
  const cancelButton = button({ class: "plain", "aria-label": "Cancel (Esc)", onclick: cancel }, icon("close"));
  const words = el("div", {}, el("b", {}, el("bdi", {}, title)), el("span", WORDS, summary(message)));
  return context.replaceChildren(icon(editing ? "pencil" : "reply"), words, cancelButton);
}

function show() {
  const chat = openChat();
  input.value = draft.text;
  closed.hidden = !chat || chat.can_write;
  row.hidden = !chat?.can_write;
  clip.hidden = chat?.type !== "private" || Boolean(draft.editing); // in a group the bot takes no files
  closed.textContent = `${fullName(world.me)} cannot write here.`;
  asButton.replaceChildren(avatar(world.me.id, fullName(world.me)));
  asButton.setAttribute("aria-label", `You type as ${fullName(world.me)}: change`);
  input.placeholder = `Message as ${world.me.first_name}`;
  drawContext();
  grow();
}

function focus() {
  input.focus();
  input.selectionStart = input.selectionEnd = input.value.length;
}

/** Leaves the edit (what was being written before comes back) or the reply. */
function cancel() {
  draft = draft.editing ? (draft.shelved ?? blank()) : { ...draft, reply: null };
  show();
  focus();
}

export function replyTo(message) {
  if (draft.editing) draft = draft.shelved ?? blank();
  draft.reply = message;
  show();
  focus();
}

export function editMessage(message) {
  const shelved = draft.editing ? draft.shelved : draft;
  draft = { ...blank(), text: message.text, mentions: mentionsOf(message), editing: message, shelved };
  show();
  focus();
}

/** Puts words where one is typing; a command takes the place of what is there. */
export function insert(words) {
  if (row.hidden) return;
  if (words.startsWith("/")) replace(0, input.value.length, words);
  else replace(input.selectionStart, input.selectionEnd, words);
  focus();
}

async function send() {
  const { text, entities } = toSend(draft.text, draft.mentions);
  if (!text) return;
  const sent = draft;
  draft = sent.editing ? (sent.shelved ?? blank()) : blank();
  offers.close();
  show();
  bus.dispatchEvent(new Event("said"));
  try {
    if (sent.editing) await edit(sent.editing.message_id, text, entities);
    else await say(text, { reply: sent.reply?.message_id, entities });
  } catch (error) {
    fail(error);
    if (draft.text) return; // something new is being written already
    draft = sent;
    show();
  }
}

/** Sends the chosen file, what is typed under it. */
async function attach() {
  const [file] = picker.files;
  picker.value = ""; // the same file may be chosen again
  if (!file) return;
  const words = draft.text.trim();
  draft = blank();
  show();
  try {
    await sendFile(file, words);
  } catch (error) {
    fail(error);
    if (!draft.text) insert(words);
  }
}

function editLast() {
  const message = messagesOf(world.openId).findLast((one) => one.from?.id === world.me.id && "text" in one);
  if (message) editMessage(message);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
input.addEventListener("input", changed);
input.addEventListener("keydown", (event) => {
  if (event.isComposing || offers.key(event)) return;
  if (event.key === "Enter" && !event.shiftKey) send();
  else if (event.key === "Escape" && (draft.editing || draft.reply)) cancel();
  else if (event.key === "ArrowUp" && !input.value && !draft.editing) editLast();
  else return;
  event.preventDefault();
});

bus.addEventListener("open", () => {
  const now = { chat: world.openId, person: world.me.id };
  // An edit is of one person's own message in one chat: it does not go along.
  if (draft.editing && (now.chat !== draftOf.chat || now.person !== draftOf.person)) draft = draft.shelved ?? blank();
  if (now.chat !== draftOf.chat) {
    drafts.set(draftOf.chat, draft);
    draft = drafts.get(now.chat) ?? blank();
  }
  draftOf = now;
  show();
  if (hasKeyboard.matches && !document.activeElement?.closest?.("#people")) focus();
});
bus.addEventListener("state", () => {
  if (world.me && row.hidden === Boolean(openChat()?.can_write)) show();
});
