// Small helpers to build the page. People's words only ever become text nodes: nothing here reads markup.

/**
 * An element with attributes, listeners ("onclick") and children; null and false children are left out.
 * Attribute values that come from people must be vetted by the caller (see safeUrl in entities.js).
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Attributes of what people and the bot say: in their own language and direction, not in the page's. */
export const WORDS = { dir: "auto", lang: "" };

/** A button that is no form's: `el("button", …)` with that said. */
export const button = (attributes, ...children) => el("button", { type: "button", ...attributes }, ...children);

const PATHS = {
  back: "M15 5l-7 7 7 7",
  send: "M4 12L20 4l-5 16-3.5-6.5z M11.5 13.5L20 4",
  check: "M5 12.5l5 5L19.5 7",
  close: "M6 6l12 12 M18 6L6 18",
  reply: "M10 6l-6 6 6 6 M4 12h9c4 0 7 2.5 7 7",
  pencil: "M4 20l1-4L16.5 4.5l3 3L8 19z",
  more: "M6 12h.01 M12 12h.01 M18 12h.01",
  down: "M6 9l6 6 6-6",
  clip: "M20 11l-8 8a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7L10 16.4a1.7 1.7 0 0 1-2.4-2.4l7.4-7.4",
  file: "M7 3h7l4 4v14H7z M14 3v4h4",
  clock: "M12 7v5l3.5 2 M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  link: "M9 15l7-7 M10 7h7v7",
  idea: "M9 18h6 M10 21h4 M12 3a6 6 0 0 0-3.5 10.9c.6.5.9 1.1.9 1.8h5.2c0-.7.3-1.3.9-1.8A6 6 0 0 0 12 3",
};

/** One of the page's own line drawings, hidden from screen readers: the button around it has the label. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Makes `parent` hold exactly `nodes`, in order, without moving those already in place (focus and scroll stay). */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}
