// Offers commands after "/" and people after "@" in a list above the composer.
import { el, WORDS } from "./dom.js";
import { avatar, fullName, nameNode } from "./people.js";
import { loadCommands, openChat, person, world } from "./state.js";

const startsWith = (word, query) => Boolean(word) && word.toLocaleLowerCase().startsWith(query.toLocaleLowerCase());

function commandOffers(text, caret) {
  const query = text.slice(0, caret).match(/^\/(\w*)$/)?.[1];
  if (query === undefined) return null;
  const to = caret + text.slice(caret).match(/^\w*/)[0].length;
  const items = world.commands
    .filter(({ command }) => startsWith(command, query))
    .map(({ command, description }) => ({
      insert: `/${command}`,
      exact: command === query.toLowerCase(),
      nodes: [el("b", {}, `/${command}`), el("span", { class: "what", ...WORDS }, description)],
    }));
  return { from: 0, to, items };
}

function personOffer(user, query) {
  return {
    insert: user.username ? `@${user.username}` : user.first_name,
    user: user.username ? null : user,
    exact: user.username?.toLowerCase() === query.toLowerCase(),
    nodes: [
      avatar(user.id, fullName(user), "small"),
      nameNode(fullName(user)),
      el("span", { class: "what" }, user.username ? `@${user.username}` : "no username"),
    ],
  };
}

function peopleOffers(text, caret) {
  const chat = openChat();
  const query = text.slice(0, caret).match(/(?:^|[^\p{L}\p{N}_@])@([\p{L}\p{N}_]*)$/u)?.[1];
  if (query === undefined || !chat || chat.type === "private") return null;
  const items = chat.members
    .map(person)
    .filter((user) => user && user.id !== world.me.id)
    .filter((user) => [user.first_name, user.last_name, user.username].some((word) => startsWith(word, query)))
    .map((user) => personOffer(user, query));
  return { from: caret - query.length - 1, to: caret, items };
}

/**
 * Watches a textarea and fills `list`. `pick({from, to, insert, user})` is called with what was chosen and the part of
 * the text it replaces; `user` is set when it is to become a mention of somebody without a username.
 */
export function suggest(input, list, pick) {
  let offers = null;
  let active = 0;

  function close() {
    offers = null;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const { from, to, items } = offers;
    const { insert, user } = items[index];
    close();
    pick({ from, to, insert, user });
  }

  function draw() {
    const option = (item, index) =>
      el(
        "div",
        {
          id: `offer-${index}`,
          role: "option",
          class: "offer",
          "aria-selected": String(index === active),
          onpointerdown: (event) => event.preventDefault(), // the focus stays in the text
          onclick: () => choose(index),
        },
        item.nodes,
      );
    list.replaceChildren(...offers.items.map(option));
    list.hidden = false;
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-activedescendant", `offer-${active}`);
  }

  function update() {
    const caret = input.selectionStart;
    if (caret !== input.selectionEnd) return close();
    offers = commandOffers(input.value, caret) ?? peopleOffers(input.value, caret);
    active = 0;
    return offers?.items.length ? draw() : close();
  }

  /** Handles a key if the list is open and the key is the list's; says whether it did. */
  function key(event) {
    if (!offers) return false;
    const { items } = offers;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      active = (active + step + items.length) % items.length;
      draw();
    } else if (event.key === "Escape") close();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !items[active].exact)) choose(active);
    else return false;
    event.preventDefault();
    return true;
  }

  input.addEventListener("input", () => {
    update();
    // The bot's commands may have changed since the chat was opened.
    if (input.value === "/") loadCommands().then(() => input.value === "/" && update());
  });
  input.addEventListener("click", update);
  input.addEventListener("blur", close);
  return { key, close };
}
