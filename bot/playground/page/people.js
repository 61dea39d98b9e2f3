// How people and chats are named and drawn.
import { el } from "./dom.js";
import { world } from "./state.js";

const TINTS = 7; // as many as style.css has .tint-n

export const fullName = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ") || `Person ${user.id}`;

/** The colour class of a person or chat: the same id has the same colour everywhere; the bot has its own. */
export function tint(id) {
  if (id === world.bot?.id) return "tint-bot";
  const shift = id < 0 ? 5 : 0; // groups count from a round number as the playground's people do: keep them apart
  return `tint-${(Math.abs(Number(id) || 0) + shift) % TINTS}`;
}

/** Up to two letters for an avatar: of the first and the last word that have any. */
export function initials(name) {
  const letters = name
    .split(/\s+/u)
    .map((word) => word.match(/[\p{L}\p{N}]/u)?.[0])
    .filter(Boolean);
  const [first, last] = [letters[0], letters.length > 1 ? letters.at(-1) : ""];
  return ((first ?? [...name][0] ?? "?") + last).toLocaleUpperCase();
}

/** The round picture of whoever or whatever has this id and name; decoration, the name stands beside it. */
export const avatar = (id, name, size = "") =>
  el("span", { class: `avatar ${tint(id)} ${size}`, "aria-hidden": "true" }, initials(name));

/** A name that keeps its own writing direction to itself. */
export const nameNode = (name, className = "name") => el("bdi", { class: className, title: name }, name);

export const chatTitle = (chat, bot) => (chat.type === "private" ? fullName(bot) : chat.title || "Group");

export const chatAvatar = (chat, bot, size) =>
  avatar(chat.type === "private" ? bot.id : chat.id, chatTitle(chat, bot), size);
