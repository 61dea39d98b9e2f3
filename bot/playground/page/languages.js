// The languages that a person's Telegram app can be in here: those of the bot's clubs, and one that it may not speak.

const NAMES = new Map([
  ["en", "English"],
  ["nl", "Nederlands"],
  ["fr", "Français"],
  ["de", "Deutsch"],
  ["it", "Italiano"],
]);

export const LANGUAGES = [...NAMES.keys()];

/** A language by its own name; one that is not in the list by its code, and none by a dash. */
export const languageName = (code) => NAMES.get(code) ?? code ?? "–";
