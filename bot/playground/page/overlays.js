// What lies over the page for a moment: toasts, dialogs, menus.
import { button, el, WORDS } from "./dom.js";

const TOAST_MS = 5000;

/** Shows words at the bottom for a few seconds. `alarm` for what went wrong. */
export function toast(words, { alarm = false } = {}) {
  const node = el("div", { class: alarm ? "toast alarm" : "toast", ...WORDS }, words);
  document.getElementById(alarm ? "alarms" : "toasts").append(node);
  const gone = () => node.remove();
  node.addEventListener("click", gone);
  setTimeout(gone, Math.max(TOAST_MS, words.length * 60));
}

/** A dialog with words to confirm having read; Esc, the button and a click outside close it. */
export function alertDialog(words) {
  const close = el("button", { type: "submit", class: "primary", autofocus: true }, "OK");
  showDialog("alert", el("form", { method: "dialog" }, el("p", WORDS, words), close));
}

export function pictureDialog(url, description) {
  const close = el("button", { type: "submit", class: "picture", "aria-label": "Close the picture" });
  close.append(el("img", { src: url, alt: description }));
  showDialog("lightbox", el("form", { method: "dialog" }, close));
}

function showDialog(className, content) {
  const dialog = el("dialog", { class: className }, content);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

let closeMenu = () => {};

/**
 * A menu of `items` ({label, note?, node?, checked?, act}) near `place` ({x, y} or an element). The focus goes to its first
 * item and returns to where it was on Esc; arrows move, Enter chooses, a press elsewhere closes.
 */
export function openMenu(place, items, label) {
  closeMenu();
  const before = document.activeElement;
  const choose = (item) => {
    closeMenu();
    before?.focus?.();
    item.act();
  };
  const buttons = items.map((item) =>
    button(
      {
        role: item.checked === undefined ? "menuitem" : "menuitemradio",
        "aria-checked": item.checked === undefined ? null : String(item.checked),
        tabindex: -1,
        onclick: () => choose(item),
      },
      item.node,
      el("bdi", {}, item.label),
      item.note && el("small", {}, item.note),
    ),
  );
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label, onkeydown: keys }, buttons);
  function keys(event) {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) buttons.at(to % buttons.length).focus();
    else if (event.key === "Escape" || event.key === "Tab") {
      closeMenu();
      before?.focus?.();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  const outside = (event) => !menu.contains(event.target) && closeMenu();
  closeMenu = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    closeMenu = () => {};
  };
  document.body.append(menu);
  document.addEventListener("pointerdown", outside, true);
  put(menu, place);
  (buttons.find((one) => one.getAttribute("aria-checked") === "true") ?? buttons[0]).focus();
}

/** Places the menu below its place if it fits there, else above, always inside the window. */
function put(menu, place) {
  const at = place instanceof Element ? place.getBoundingClientRect() : new DOMRect(place.x, place.y, 0, 0);
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.max(8, Math.min(at.left, innerWidth - width - 8));
  const top = at.bottom + height + 12 < innerHeight ? at.bottom + 4 : Math.max(8, at.top - height - 4);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}
