// Formatted text, from a text and its entities (offsets and lengths in UTF-16 units, as in JavaScript's own strings).
// The text is hostile: it only ever becomes text nodes, and only vetted addresses become links.
import { button, el } from "./dom.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const MOST = 100; // Telegram's own limit of entities in a message
const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", blockquote: "blockquote" };

/** The address if it is one that may be opened (http, https, tg), else null. */
export function safeUrl(address) {
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(address) && !/^[^/:]+:\d+(\/|$)/.test(address);
  try {
    const url = new URL(hasScheme ? address : `https://${address}`);
    return ["http:", "https:", "tg:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** The payload of a link to the bot itself (t.me/name?start=x), null if it has no `start`; undefined for other links. */
export function botPayload(address, botUsername) {
  if (!botUsername) return undefined;
  const url = new URL(address);
  const onWeb = /^https?:$/.test(url.protocol) && ["t.me", "telegram.me"].includes(url.hostname);
  const inApp = url.href.startsWith("tg://resolve?");
  const name = onWeb ? url.pathname.slice(1) : inApp ? url.searchParams.get("domain") : null;
  if (name?.toLowerCase() !== botUsername.toLowerCase()) return undefined;
  const payload = url.searchParams.get("start");
  return payload === null || /^[\w-]{0,64}$/.test(payload) ? payload : undefined;
}

function link(address, text, on) {
  const href = safeUrl(address);
  if (!href) return el("span");
  const toBot = on.botLink(href);
  return el("a", {
    href,
    title: href === text ? null : href,
    target: "_blank",
    rel: "noopener noreferrer",
    onclick: toBot && ((event) => (event.preventDefault(), toBot())),
  });
}

function spoiler() {
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
    for (const type of ["click", "keydown"]) node.removeEventListener(type, reveal, true);
  };
  // Capturing: what is inside (a link, a command) does not act before it is seen.
  const node = el("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": "Hidden text: show" });
  for (const type of ["click", "keydown"]) node.addEventListener(type, reveal, true);
  return node;
}

function expandable() {
  const toggle = (event) => {
    if (event.target.closest("a, button.command, .spoiler")) return;
    if (event.type === "keydown" && event.key !== "Enter") return;
    node.setAttribute("aria-expanded", String(node.classList.toggle("open")));
  };
  const node = el("blockquote", { class: "expandable", role: "button", tabindex: 0, "aria-expanded": "false" });
  node.addEventListener("click", toggle);
  node.addEventListener("keydown", toggle);
  return node;
}

/** The element for an entity over `text`; its contents are filled in by the caller. */
function wrapper(entity, text, on) {
  const { type } = entity;
  if (type in PLAIN) return el(PLAIN[type]);
  if (type === "code") return button({ class: "code", title: "Copy", onclick: () => on.copy(text) });
  if (type === "pre") return el("pre", { "data-language": entity.language || null, tabindex: 0 });
  if (type === "url") return link(text, text, on);
  if (type === "text_link") return link(entity.url ?? "", text, on);
  if (type === "bot_command") return button({ class: "command", onclick: () => on.command(text) });
  if (type === "spoiler") return spoiler();
  if (type === "expandable_blockquote") return expandable();
  return el("span", { class: ["mention", "text_mention", "hashtag", "cashtag"].includes(type) ? "mention" : null });
}

function fill(parent, text, start, end, queue, on) {
  let at = start;
  while (queue.length && queue[0].offset < end) {
    const entity = queue.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end); // what overlaps without nesting is cut off
    if (to <= from) continue;
    parent.append(text.slice(at, from));
    const node = wrapper(entity, text.slice(from, to), on);
    fill(node, text, from, to, queue, on);
    parent.append(node);
    at = to;
    if (BLOCKS.has(entity.type) && at < end && text[at] === "\n") at += 1; // the block breaks the line already
  }
  parent.append(text.slice(at, end));
}

/**
 * The text as nodes. `on` says what happens: `command(text)` on a tapped bot command, `copy(text)` on tapped code,
 * `botLink(href)` gives the action of a link to the bot itself, or null for a link that leaves the page.
 */
export function rich(text, entities, on) {
  const valid = (entities ?? []).filter(
    ({ offset, length }) => Number.isInteger(offset) && Number.isInteger(length) && offset >= 0 && length > 0,
  );
  const queue = valid.slice(0, MOST).sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, queue, on);
  return fragment;
}
