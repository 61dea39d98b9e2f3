// Starts the page: who is typing and which chat is open stand in the address, so that reloading keeps the place.
import "./chatlist.js";
import "./messages.js";
import "./clock.js";
import "./hint.js";
import { toast } from "./overlays.js";
import { become, bus, currentPane, setPane, world } from "./state.js";

const number = (name) => {
  const value = Number(new URLSearchParams(location.search).get(name));
  return Number.isSafeInteger(value) && value !== 0 ? value : null;
};

function keepPlace() {
  const place = new URLSearchParams({ as: world.me.id });
  if (world.openId !== null && currentPane() === "chat") place.set("chat", world.openId);
  history.replaceState(null, "", `?${place}`);
}

bus.addEventListener("open", keepPlace);
bus.addEventListener("state", () => world.me && keepPlace());
bus.addEventListener("failed", ({ detail }) => toast(detail, { alarm: true }));
bus.addEventListener("online", () => {
  document.getElementById("offline").textContent = world.online ? "" : "Connection lost, trying again…";
});

world.openId = number("chat");
setPane(world.openId === null ? "list" : "chat");
await become(number("as"));
if (!world.me) document.getElementById("offline").textContent = "The playground did not start. Reload to try again.";
