// What a person typed, as Slack's client sends it: escaped, with people, channels, groups and links marked.

const escapeText = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const escapePattern = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** "/kudos @ben great" -> {name: "/kudos", text: "@ben great"}; null when it is not a command. */
export function splitCommand(text) {
  const match = text.match(/^(\/[^\s/]+)(?:\s+([\s\S]*))?$/);
  return match && { name: match[1], text: match[2] || "" };
}

/** `named`: as commands get them, with the name after a bar. */
export function encode(text, state, { named = false } = {}) {
  const names = new Map();
  for (const person of state.people.values()) {
    const token = named ? `<@${person.id}|${person.name}>` : `<@${person.id}>`;
    for (const name of [person.name, person.real_name, person.display_name]) if (name) names.set(`@${escapeText(name)}`.toLowerCase(), token);
  }
  for (const group of state.usergroups.values()) names.set(`@${group.handle}`.toLowerCase(), `<!subteam^${group.id}>`);
  for (const one of state.conversations.values()) {
    if (["channel", "private"].includes(one.kind)) names.set(`#${one.name}`.toLowerCase(), named ? `<#${one.id}|${one.kind === "private" ? "" : one.name}>` : `<#${one.id}>`);
  }
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length).map(escapePattern);
  const mentions = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${longestFirst.join("|") || "(?!)"})(?![\\p{L}\\p{N}_])`, "giu");
  // Addresses are set aside first, so that an "@name" inside one stays what it is.
  return escapeText(text)
    .split(/(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)\]'"])/)
    .map((part, index) => (index % 2 ? `<${part}>` : part.replace(mentions, (found) => names.get(found.toLowerCase()))))
    .join("");
}
