// The playground's clock in the header, and the buttons that put it forward.
import * as api from "./api.js";
import { button, el, icon } from "./dom.js";
import { openMenu } from "./overlays.js";
import { bus, fail, playgroundNow, setClock, world } from "./state.js";
import { clockDay, clockTime } from "./words.js";

const HOUR_MS = 3_600_000;

const box = document.getElementById("clock");
const day = el("span", { class: "clock-day" });
const time = el("b", {});
const shown = el("time", {}, icon("clock"), day, time);
const monday = button({ class: "pill", onclick: () => put(nextMonday()) });
monday.append("To Monday", el("span", { class: "wide" }, " 09:00"));
monday.setAttribute("aria-label", "Put the clock forward to Monday 09:00");
const more = button({ class: "pill", "aria-label": "More steps forward", "aria-haspopup": "menu" }, icon("down"));
more.addEventListener("click", () =>
  openMenu(more, [
    { label: "To Monday 09:00", act: () => put(nextMonday()) },
    { label: "+1 hour", act: () => put({ to: later(HOUR_MS) }) },
    { label: "+1 day", act: () => put({ to: later(24 * HOUR_MS) }) },
  ], "Put the clock forward"),
);
box.append(shown, el("span", { class: "pills" }, monday, more));

const nextMonday = () => ({ next: { weekday: 0, time: "09:00", timezone: world.timezone } });
const later = (ms) => new Date(playgroundNow() + ms).toISOString();

async function put(to) {
  monday.disabled = more.disabled = true;
  try {
    setClock(await api.setClock(to));
  } catch (error) {
    fail(error);
  }
  monday.disabled = more.disabled = false;
}

function draw() {
  if (!world.me) return;
  const now = playgroundNow();
  day.textContent = clockDay(now);
  time.textContent = clockTime(now);
  shown.setAttribute("datetime", new Date(now).toISOString());
  shown.title = `The playground’s time (${world.timezone})`;
}

bus.addEventListener("clock", draw);
setInterval(draw, 1000);
