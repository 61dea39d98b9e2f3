// The page's words for instants, sizes and service messages.
import { fullName } from "./people.js";
import { world } from "./state.js";

const formatters = new Map();

function format(instant, options) {
  const key = world.timezone + JSON.stringify(options);
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: world.timezone, ...options }));
  return formatters.get(key).format(instant);
}

/** The time of day of a Unix time in seconds, in the playground's zone. */
export const timeOf = (seconds) => format(seconds * 1000, { hour: "2-digit", minute: "2-digit" });

export const dayOf = (seconds) => format(seconds * 1000, { weekday: "long", day: "numeric", month: "long" });

export const fullMoment = (seconds) => format(seconds * 1000, { dateStyle: "full", timeStyle: "medium" });

/** An instant in milliseconds as the clock in the header shows it. */
export const clockDay = (ms) => format(ms, { weekday: "short", day: "numeric", month: "short" });
export const clockTime = (ms) => format(ms, { hour: "2-digit", minute: "2-digit" });

/** When a chat was last written in: the time today, else the day. */
export function shortMoment(seconds, now) {
  if (dayOf(seconds) === dayOf(now / 1000)) return timeOf(seconds);
  return format(seconds * 1000, { day: "numeric", month: "short" });
}

export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

const names = (users) => users.map(fullName).join(", ");

/** The sentence of a service message, or null for a message that somebody wrote. */
export function serviceText(message) {
  const who = senderName(message);
  const alone = (user) => user.id === message.from?.id;
  if (message.new_chat_members) {
    const came = message.new_chat_members;
    return came.every(alone) ? `${who} joined the group` : `${who} added ${names(came)}`;
  }
  if (message.left_chat_member) {
    const gone = message.left_chat_member;
    return alone(gone) ? `${who} left the group` : `${who} removed ${fullName(gone)}`;
  }
  if (message.group_chat_created || message.supergroup_chat_created) {
    return `${who} created the group “${message.chat.title}”`;
  }
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "The group became a supergroup";
  if (message.new_chat_title) return `${who} renamed the group to “${message.new_chat_title}”`;
  if (message.new_chat_photo) return `${who} changed the group’s picture`;
  if (message.delete_chat_photo) return `${who} removed the group’s picture`;
  if (message.pinned_message) return `${who} pinned “${summary(message.pinned_message)}”`;
  return isWritten(message) ? null : "A message that this page cannot show";
}

const isWritten = (message) => "text" in message || "caption" in message || "photo" in message || "document" in message;

/** A message in one line, for the chat list, quotes and announcements. */
export function summary(message) {
  const text = message.text ?? message.caption;
  if (text) return text.replace(/\s+/g, " ").slice(0, 160);
  if (message.photo) return "Photo";
  if (message.document) return message.document.file_name ?? "File";
  return serviceText(message) ?? "";
}

/** Who a message shows as its sender: the chat on whose behalf it was sent (an anonymous admin's group), else a person. */
export const senderName = ({ sender_chat: chat, from }) => chat?.title ?? (from ? fullName(from) : "Someone");
export const senderId = ({ sender_chat: chat, from }) => chat?.id ?? from?.id;
