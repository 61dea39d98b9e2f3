// The line above the composer that shows a newcomer what to type first; gone for good once dismissed.
import { insert } from "./composer.js";
import { button, el, icon } from "./dom.js";
import { bus, openChat, world } from "./state.js";

const KEY = "playground.hint";
const box = document.getElementById("hint");
let drawnFor = "";

function dismiss() {
  localStorage.setItem(KEY, "dismissed");
  draw();
}

function draw() {
  const chat = openChat();
  const other = world.people.find((user) => user.username && user.id !== world.me.id);
  const wanted = chat && chat.type !== "private" && chat.can_write && other && !localStorage.getItem(KEY);
  const drawFor = wanted ? other.username : "";
  if (drawFor === drawnFor) return;
  drawnFor = drawFor;
  if (!wanted) return box.replaceChildren();
  const example = `/refer @${other.username} Piet Peeters: needs a new website`;
  const close = button({ class: "plain", "aria-label": "Dismiss the hint", onclick: dismiss }, icon("close"));
  const use = button({ class: "try", onclick: () => insert(example) }, "Try: ", el("code", {}, example));
  return box.replaceChildren(icon("idea"), use, close);
}

bus.addEventListener("open", draw);
bus.addEventListener("state", () => world.me && draw());
