// What the page knows, and the only place that changes it. Views read `world` and redraw on the bus's events:
// "state" (people, chats, unread counts), "open" (another chat or person), "messages" (of the open chat),
// "clock", "online", "failed" (detail: words to show), "heard" (detail: a new message in the open chat).
import * as api from "./api.js";
import { lastId, readMark, readUpTo } from "./unread.js";

export const bus = new EventTarget();

export const world = {
  me: null,
  bot: null,
  people: [],
  chats: [],
  timezone: "UTC",
  clock: { at: 0, since: 0 }, // the playground's instant (ms) and performance.now() when we learnt it
  openId: null,
  online: true,
  commands: [],
  messages: new Map(), // chat id → Map(message id → message)
  waiting: new Set(), // ids of the other people with something unread from the bot
};

const narrow = matchMedia("(max-width: 720px)");
let pane = "chat";
let stopListening = () => {};
let loading = null; // a token while a person's state is being fetched
let queue = []; // events that came in meanwhile

const emit = (type, detail) => bus.dispatchEvent(new CustomEvent(type, { detail }));
export const fail = (error) => emit("failed", error.message);
export const openChat = () => world.chats.find((chat) => chat.id === world.openId) ?? null;
export const privateChat = () => world.chats.find((chat) => chat.type === "private") ?? null;
export const messagesOf = (chatId) => [...(world.messages.get(chatId)?.values() ?? [])];
export const person = (id) => world.people.find((one) => one.id === id) ?? null;
export const playgroundNow = () => world.clock.at + (performance.now() - world.clock.since);
const inSight = () => !document.hidden && (!narrow.matches || pane === "chat");

export function setClock(iso) {
  world.clock = { at: Date.parse(iso), since: performance.now() };
  emit("clock");
}

function store(message) {
  const known = world.messages.get(message.chat.id) ?? new Map();
  const isNew = !known.has(message.message_id);
  known.set(message.message_id, message);
  world.messages.set(message.chat.id, isNew ? new Map([...known].sort(([a], [b]) => a - b)) : known);
  return isNew;
}

function markRead() {
  if (!openChat() || !inSight()) return;
  readUpTo(world.me.id, world.openId, lastId(messagesOf(world.openId)));
}

function received(message) {
  const isNew = store(message);
  if (message.chat.id === world.openId) {
    markRead();
    emit("messages");
    if (isNew && message.from?.id !== world.me.id) emit("heard", message);
  }
  emit("state");
  lookAround();
}

function removed({ chat_id: chatId, message_id: messageId }) {
  world.messages.get(chatId)?.delete(messageId);
  if (chatId === world.openId) emit("messages");
  emit("state");
}

const whenLoaded = (handle) => (data) => (loading === null ? handle(data) : queue.push(() => handle(data)));

/** Fetches all there is for this person. Events that arrive meanwhile are applied afterwards, so none is lost. */
async function refresh(as) {
  const token = {};
  loading = token;
  try {
    const state = await api.getState(as);
    state.chats.sort((a, b) => (a.type === "private") - (b.type === "private")); // the group is where things happen
    const lists = await Promise.all(state.chats.map((chat) => api.getMessages(state.me.id, chat.id)));
    if (loading !== token) return;
    const { me, bot, people, chats, timezone } = state;
    Object.assign(world, { me, bot, people, chats, timezone });
    world.messages = new Map(
      chats.map((chat, index) => [chat.id, new Map(lists[index].map((message) => [message.message_id, message]))]),
    );
    setClock(state.now);
  } finally {
    if (loading === token) {
      loading = null;
      for (const handle of queue.splice(0)) handle();
    }
  }
}

function listenAs(as) {
  stopListening();
  const reload = () => refresh(as).then(settle).then(loadCommands).catch(fail);
  const handlers = {
    message: whenLoaded(received),
    deleted: whenLoaded(removed),
    chats: reload,
    clock: ({ now }) => setClock(now),
    connected: () => {
      setOnline(true);
      reload(); // for what happened before the line was open, or while it was down
    },
    lost: () => setOnline(false),
    gone: () => listenAs(as),
  };
  stopListening = api.listen(as, handlers);
}

function setOnline(online) {
  if (world.online === online) return;
  world.online = online;
  emit("online");
}

/** After fetching: keeps the open chat if it is still there, else the private chat for a private chat, else the first. */
function settle() {
  if (openChat()) {
    markRead();
    emit("state");
    emit("messages");
    lookAround();
    return;
  }
  const cameFromIt = (message) => message.migrate_from_chat_id === world.openId;
  const moved = world.chats.find((chat) => messagesOf(chat.id).some(cameFromIt));
  const wasPrivate = world.openId !== null && world.openId > 0;
  const next = moved ?? (wasPrivate ? privateChat() : null) ?? world.chats[0];
  if (next) open(next.id, { show: false });
  else emit("state");
  lookAround();
}

/** Makes this person (or, with null, the first) the one who types. */
export async function become(as) {
  try {
    await refresh(as);
  } catch (error) {
    if (as === null || world.me) return fail(error);
    return become(null); // an address from another day
  }
  world.waiting.delete(world.me.id);
  listenAs(world.me.id);
  settle();
  emit("open");
  if (world.openId !== null) loadCommands();
}

/** Opens a chat; with `show: false` a phone stays on the list of chats. */
export function open(chatId, { show = true } = {}) {
  world.openId = chatId;
  if (show) setPane("chat");
  markRead();
  emit("open");
  emit("state");
  loadCommands();
}

export function setPane(name) {
  pane = name;
  document.body.dataset.pane = name;
  if (world.me) {
    markRead();
    emit("state");
  }
}

export const currentPane = () => (narrow.matches ? pane : "chat");

export async function loadCommands() {
  const [as, chatId] = [world.me.id, world.openId];
  const commands = await api.getCommands(as, chatId).catch(() => []);
  if (world.me.id === as && world.openId === chatId) world.commands = commands;
}

/** Says something in the open chat, or in `chatId`; rejects with the API's words. */
export async function say(text, { reply, entities, chatId = world.openId } = {}) {
  const body = { as: world.me.id, chat_id: chatId, text };
  if (reply) body.reply_to = reply;
  if (entities?.length) body.entities = entities;
  whenLoaded(received)(await api.say(body));
}

/** Sends a File of the browser's in the open chat; rejects with the API's words. */
export async function sendFile(file, caption) {
  const query = { as: world.me.id, chat_id: world.openId, caption: caption || null };
  whenLoaded(received)(await api.upload(query, file));
}

export async function edit(messageId, text, entities) {
  const body = { as: world.me.id, chat_id: world.openId, message_id: messageId, text };
  if (entities?.length) body.entities = entities;
  await api.edit(body);
}

/** Sets the language of the person's app: the bot is told it with all they do from now on, and their menu follows. */
export async function speak(languageCode) {
  await api.speak({ as: world.me.id, language_code: languageCode });
}

/** What a t.me/<bot>?start=… link does: the private chat, and /start with the payload (an empty one only opens). */
export function startBot(payload) {
  const chat = privateChat();
  if (!chat) return;
  open(chat.id);
  if (payload !== null) say(`/start ${payload}`.trim(), { chatId: chat.id }).catch(fail);
}

let lookAgain;
/** Finds who else has something new from the bot. A moment later, as the bot's messages follow what was just said. */
function lookAround() {
  clearTimeout(lookAgain);
  lookAgain = setTimeout(async () => {
    const others = world.people.filter((one) => one.id !== world.me.id);
    const states = await Promise.all(others.map((one) => api.getState(one.id).catch(() => null)));
    const isWaiting = (state) =>
      state?.chats.some(({ id, type, last }) => {
        if (type !== "private" || !last || last.from?.id === state.me.id) return false;
        return last.message_id > readMark(state.me.id, id, last.message_id);
      });
    world.waiting = new Set(states.filter(isWaiting).map((state) => state.me.id));
    world.waiting.delete(world.me.id);
    emit("state");
  }, 700);
}

document.addEventListener("visibilitychange", () => {
  if (!world.me) return;
  markRead();
  emit("state");
});
