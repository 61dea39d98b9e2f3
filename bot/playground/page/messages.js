// The open chat: its head and its list of messages.
import { messageItem } from "./bubble.js";
import { editMessage, replyTo } from "./composer.js";
import { arrange, button, el, icon, WORDS } from "./dom.js";
import { openMenu, toast } from "./overlays.js";
import { chatAvatar, chatTitle, fullName, nameNode } from "./people.js";
import { bus, fail, messagesOf, openChat, person, say, setPane, world } from "./state.js";
import { dayOf, senderId, senderName, serviceText, summary } from "./words.js";

const PAGE = 150; // messages drawn at a time
const RUN_SECONDS = 600; // messages by one sender within this time stand together
const LONG_PRESS_MS = 500;

const head = document.getElementById("chat-head");
const scroller = document.getElementById("scroller");
const log = document.getElementById("log");
const toEnd = document.getElementById("to-end");
const heard = document.getElementById("heard");

let drawn = new Map(); // key → {signature, node}
let drawnFor = "";
let shown = PAGE;
let stuck = true; // to the newest message
let missed = 0;

const shortName = (user) => (user.id === world.me.id ? "you" : user.first_name);

function drawHead() {
  const chat = openChat();
  const back = button({ class: "plain back", "aria-label": "Back to the chats", onclick: () => setPane("list") });
  back.append(icon("back"));
  if (!chat) return head.replaceChildren(back);
  const members = chat.members.map((id) => (id === world.bot.id ? world.bot : person(id))).filter(Boolean);
  const about =
    chat.type === "private"
      ? `private chat with ${fullName(world.me)}`
      : `${members.length} members: ${members.map(shortName).join(", ")}`;
  const title = nameNode(chatTitle(chat, world.bot), "chat-name");
  const words = el("div", { class: "about" }, el("h2", {}, title), el("p", { title: about }, el("bdi", {}, about)));
  head.replaceChildren(back, chatAvatar(chat, world.bot), words);
}

function remember(key, signature, make) {
  const known = drawn.get(key);
  if (known?.signature === signature) return known.node;
  const node = make();
  const focused = known?.node.contains(document.activeElement);
  drawn.set(key, { signature, node });
  if (focused) queueMicrotask(() => node.focus());
  return node;
}

const inOneRun = (a, b) =>
  a &&
  b &&
  !serviceText(a) &&
  !serviceText(b) &&
  senderId(a) === senderId(b) &&
  Math.abs(a.date - b.date) < RUN_SECONDS &&
  dayOf(a.date) === dayOf(b.date);

function messageNode(message, before, after, group) {
  const replied = message.reply_to_message
    ? (world.messages.get(message.chat.id)?.get(message.reply_to_message.message_id) ?? message.reply_to_message)
    : null;
  const own = message.from?.id === world.me.id;
  const look = { own, group, first: !inOneRun(before, message), last: !inOneRun(message, after) };
  const signature = JSON.stringify([message, look, replied && [senderName(replied), summary(replied)]]);
  const menu = (event) => messageMenu(message, event.currentTarget);
  return remember(`m${message.message_id}`, signature, () => messageItem(message, { ...look, replied, jump, menu }));
}

function emptyState(chat) {
  const start = () => say("/start").catch(fail);
  const isPrivate = chat.type === "private";
  const ours = isPrivate ? `This is your own chat with ${fullName(world.bot)}.` : "No messages here yet. Say something!";
  return el(
    "li",
    { class: "empty" },
    chatAvatar(chat, world.bot, "huge"),
    chat.description ? el("p", WORDS, chat.description) : el("p", {}, ours),
    isPrivate && chat.can_write && button({ class: "primary", onclick: start }, "Start"),
  );
}

function draw() {
  const chat = openChat();
  const drawFor = `${world.me.id}:${world.openId}:${world.timezone}`;
  if (drawFor !== drawnFor) [drawn, drawnFor, shown, stuck, missed] = [new Map(), drawFor, PAGE, true, 0];
  if (!chat) return log.replaceChildren(el("li", { class: "empty" }, el("p", {}, "Choose a chat.")));
  const all = messagesOf(chat.id);
  const messages = all.slice(-shown);
  const nodes = [];
  if (all.length === 0) nodes.push(remember("empty", chat.description, () => emptyState(chat)));
  if (messages.length < all.length) nodes.push(remember("earlier", "", earlierButton));
  messages.forEach((message, index) => {
    const [before, after] = [messages[index - 1], messages[index + 1]];
    const day = dayOf(message.date);
    if (!before || dayOf(before.date) !== day) {
      nodes.push(remember(`d${message.message_id}`, day, () => el("li", { class: "day" }, el("span", {}, day))));
    }
    nodes.push(messageNode(message, before, after, chat.type !== "private"));
  });
  arrange(log, nodes);
  rove(log.querySelector("[data-id][tabindex='0']") ?? log.lastElementChild);
  if (stuck) toBottom();
  drawToEnd();
}

function earlierButton() {
  const earlier = () => {
    const fromEnd = scroller.scrollHeight - scroller.scrollTop;
    shown += PAGE;
    draw();
    scroller.scrollTop = scroller.scrollHeight - fromEnd;
  };
  return el("li", { class: "day" }, button({ onclick: earlier }, "Earlier messages"));
}

function toBottom() {
  scroller.scrollTop = scroller.scrollHeight;
}

function drawToEnd() {
  toEnd.hidden = stuck;
  toEnd.setAttribute("aria-label", missed ? `${missed} new messages: go to the newest` : "Go to the newest message");
  toEnd.replaceChildren(icon("down"), ...(missed ? [el("span", { class: "badge" }, String(missed))] : []));
}

function jump(messageId) {
  const find = () => log.querySelector(`[data-id="${Number(messageId)}"]`);
  if (!find()) {
    shown = Infinity;
    draw();
  }
  const node = find();
  if (!node) return toast("That message is no longer there.");
  node.scrollIntoView({ block: "center", behavior: "smooth" });
  node.classList.remove("flash");
  requestAnimationFrame(() => node.classList.add("flash"));
  rove(node);
}

// Menus and keys ------------------------------------------------------------------------------------------------

function messageMenu(message, place) {
  const items = [];
  const canWrite = openChat()?.can_write;
  if (canWrite) items.push({ label: "Reply", node: icon("reply"), act: () => replyTo(message) });
  if (canWrite && "text" in message && message.from?.id === world.me.id) {
    items.push({ label: "Edit", node: icon("pencil"), act: () => editMessage(message) });
  }
  const text = message.text ?? message.caption;
  if (text && navigator.clipboard) {
    const copy = () => navigator.clipboard.writeText(text).then(() => toast("Copied"), fail);
    items.push({ label: "Copy text", node: icon("file"), act: copy });
  }
  if (items.length) openMenu(place, items, "Message menu");
}

const messageAt = (target) => {
  const node = target.closest?.(".message");
  return node ? world.messages.get(world.openId)?.get(Number(node.dataset.id)) : undefined;
};

/** One message at a time is in the tab order; arrows go to the others. */
function rove(node) {
  for (const other of log.querySelectorAll("[data-id][tabindex='0']")) other.tabIndex = -1;
  if (node?.dataset.id) node.tabIndex = 0;
}

log.addEventListener("keydown", (event) => {
  const node = event.target;
  if (!node.matches("li[data-id]")) return;
  const items = [...log.querySelectorAll("li[data-id]")];
  const at = items.indexOf(node);
  const next = { ArrowUp: items[at - 1], ArrowDown: items[at + 1], Home: items[0], End: items.at(-1) }[event.key];
  if (next) {
    rove(next);
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter" || event.key === "ContextMenu") {
    const message = messageAt(node);
    if (message) messageMenu(message, node.querySelector(".bubble"));
  } else return;
  event.preventDefault();
});

log.addEventListener("contextmenu", (event) => {
  const message = messageAt(event.target);
  if (!message || event.target.closest("a, .key") || String(getSelection())) return;
  event.preventDefault();
  clearTimeout(longPress);
  messageMenu(message, { x: event.clientX, y: event.clientY });
});

let longPress; // for the browsers that fire no contextmenu when a finger rests
let rested = false; // the finger that opened a menu does not press what it rested on as well
log.addEventListener("pointerdown", (event) => {
  rested = false;
  const message = event.pointerType === "touch" && !event.target.closest("a, .key") && messageAt(event.target);
  if (!message) return;
  longPress = setTimeout(() => {
    rested = true;
    messageMenu(message, { x: event.clientX, y: event.clientY });
  }, LONG_PRESS_MS);
});
for (const type of ["pointerup", "pointercancel", "pointermove"]) {
  log.addEventListener(type, () => clearTimeout(longPress));
}
log.addEventListener("click", (event) => rested && (event.preventDefault(), event.stopPropagation()), true);

// Scrolling -------------------------------------------------------------------------------------------------------

scroller.addEventListener("scroll", () => {
  stuck = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  if (stuck) missed = 0;
  drawToEnd();
});
new ResizeObserver(() => stuck && toBottom()).observe(scroller);
toEnd.addEventListener("click", () => scroller.scrollTo({ top: scroller.scrollHeight, behavior: "smooth" }));

bus.addEventListener("open", () => {
  drawHead();
  draw();
});
bus.addEventListener("state", () => world.me && drawHead());
bus.addEventListener("messages", draw);
bus.addEventListener("heard", ({ detail: message }) => {
  heard.replaceChildren(`${senderName(message)}: `, el("span", WORDS, summary(message)));
  if (!stuck) missed += 1;
  drawToEnd();
});
bus.addEventListener("said", () => {
  stuck = true;
  toBottom();
});
