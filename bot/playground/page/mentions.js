// Mentions of people without a username, kept beside the text of the composer while it changes.
// A mention is {offset, length, name, user}, in UTF-16 units.

/** The mentions after the text changed from `before` to `after` with the caret now at `caret`; altered names drop out. */
export function follow(mentions, before, after, caret) {
  if (!mentions.length) return mentions;
  // What follows the caret did not change; what precedes the change is the common beginning.
  let suffix = 0;
  const most = Math.min(before.length, after.length - caret);
  while (suffix < most && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix += 1;
  let prefix = 0;
  const rest = Math.min(before.length, after.length) - suffix;
  while (prefix < rest && before[prefix] === after[prefix]) prefix += 1;
  const end = before.length - suffix;
  const shift = after.length - before.length;
  const moved = mentions
    .filter(({ offset, length }) => offset + length <= prefix || offset >= end)
    .map((mention) => (mention.offset >= end ? { ...mention, offset: mention.offset + shift } : mention));
  return moved.filter(({ offset, length, name }) => after.slice(offset, offset + length) === name);
}

/** What to send: the text without white space around it, and the mentions as entities of that text. */
export function toSend(text, mentions) {
  const trimmed = text.trim();
  const cut = text.length - text.trimStart().length;
  const entities = mentions
    .map(({ offset, length, user }) => ({ type: "text_mention", offset: offset - cut, length, user }))
    .filter(({ offset, length }) => offset >= 0 && offset + length <= trimmed.length);
  return { text: trimmed, entities };
}

/** The mentions in a message that was sent before, to edit it. */
export const mentionsOf = ({ text, entities = [] }) =>
  entities
    .filter(({ type }) => type === "text_mention")
    .map(({ offset, length, user }) => ({ offset, length, user, name: text.slice(offset, offset + length) }));
