// The playground's JSON API. Every function rejects with an Error whose message can be shown to the person.

async function call(path, { query = {}, body, file } = {}) {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null && value !== undefined));
  const post = (type, content) => ({ method: "POST", headers: { "Content-Type": type }, body: content });
  const request = body
    ? post("application/json", JSON.stringify(body))
    : file
      ? post("application/octet-stream", file)
      : {};
  let response;
  try {
    response = await fetch(`${path}?${search}`, request);
  } catch {
    throw new Error("The playground does not answer. Is it still running?");
  }
  const data = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(data.error || `The playground answered ${response.status} ${response.statusText}`);
  return data;
}

export const getState = (as) => call("/api/state", { query: { as } });

export const getMessages = async (as, chatId) =>
  (await call(`/api/chats/${encodeURIComponent(chatId)}/messages`, { query: { as } })).messages;

export const getCommands = async (as, chatId) =>
  (await call("/api/commands", { query: { as, chat_id: chatId } })).commands;

export const say = async (body) => (await call("/api/say", { body })).message;

/** Sends a File of the browser's to a chat; `query` has who and where. */
export const upload = async (query, file) =>
  (await call("/api/upload", { query: { ...query, name: file.name }, file })).message;

export const speak = (body) => call("/api/language", { body });

export const edit = (body) => call("/api/edit", { body });

/** Presses a callback button; waits for the bot's answer (up to 10 s) and gives it, or null without one. */
export const press = async (body) => (await call("/api/press", { body })).answer;

/** Puts the clock forward: `{to: iso}` or `{next: {weekday, time, timezone}}`. Gives the new time (ISO). */
export const setClock = async (body) => (await call("/api/clock", { body })).now;

export const fileUrl = (fileId) => `/files/${encodeURIComponent(fileId)}`;

/**
 * Server-sent events for one person, until the returned function is called.
 * `handlers` has message, deleted, clock and chats (each with the event's data), and connected and lost.
 */
export function listen(as, handlers) {
  const source = new EventSource(`/api/events?${new URLSearchParams({ as })}`);
  for (const name of ["message", "deleted", "clock", "chats"]) {
    source.addEventListener(name, (event) => handlers[name](event.data ? JSON.parse(event.data) : null));
  }
  let retry;
  source.addEventListener("open", () => handlers.connected());
  source.addEventListener("error", () => {
    handlers.lost();
    // The browser tries again by itself unless the answer was an error; then it is up to us.
    if (source.readyState === EventSource.CLOSED) retry = setTimeout(() => handlers.gone(), 2000);
  });
  return () => {
    clearTimeout(retry);
    source.close();
  };
}
