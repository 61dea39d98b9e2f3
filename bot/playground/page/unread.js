// Up to where each person has read each chat: in the tab's storage, so that reloading keeps it.

const KEY = "playground.read";
const marks = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");

export const lastId = (messages) => messages.at(-1)?.message_id ?? 0;

/** The last message id this person has read in this chat; `last` is the chat's newest now. */
export function readMark(as, chatId, last) {
  const mark = marks[`${as}:${chatId}`] ?? 0;
  return mark > last ? 0 : mark; // a playground started afresh counts from one again
}

export function readUpTo(as, chatId, messageId) {
  marks[`${as}:${chatId}`] = messageId;
  sessionStorage.setItem(KEY, JSON.stringify(marks));
}

/** How many of these messages (one chat's, in order) this person has not read; one's own do not count. */
export function unreadCount(as, chatId, messages) {
  const mark = readMark(as, chatId, lastId(messages));
  return messages.filter((message) => message.message_id > mark && message.from?.id !== as).length;
}
