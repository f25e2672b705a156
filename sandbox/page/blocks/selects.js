// Selects and multi-selects of every source: fixed options, the app's own search, people, channels, conversations.
import { plain } from "../text/mrkdwn.js";
import { h } from "../core/h.js";
import { icon } from "../core/icons.js";
import { Combobox } from "../parts/combobox.js";
import { avatar } from "../parts/avatar.js";

export function select(element, block, surface, names) {
  const multiple = element.type.startsWith("multi_");
  const source = SOURCES[element.type.replace(/^multi_|_select$/g, "")](element, block, surface, multiple);
  const entry = surface.current(block, element, multiple ? source.initial.map((one) => one.value) : source.initial[0]?.value ?? null);
  const chosen = [entry.value].flat().filter((value) => value !== null);
  const known = [...(entry.held || []), ...source.initial, ...(source.options || [])];
  const selected = chosen.map((value) => known.find((option) => option.value === value) || { value, text: value });
  const box = new Combobox({
    id: names.id,
    label: names.id ? null : names.label || element.placeholder?.text || "Choose",
    describedBy: names.describedBy,
    placeholder: element.placeholder?.text || (multiple ? "Choose…" : "Choose one…"),
    options: source.options,
    load: source.load,
    minQuery: element.min_query_length ?? (source.load ? 3 : 0),
    multiple,
    max: element.max_selected_items,
    selected,
    onchange(options) {
      const value = multiple ? options.map((option) => option.value) : options[0]?.value ?? null;
      surface.set(block, element, value, options);
      const acts = !names.input || names.input.dispatch_action;
      if (acts && (multiple || value !== null)) surface.act(block, element, value);
    },
  });
  if (element.focus_on_load) box.input.dataset.autofocus = "";
  return surface.control(block, element, box.node);
}

const optionOf = (option, group) => ({
  value: option.value,
  text: option.text?.text ?? "",
  description: option.description?.text,
  node: () => plain(option.text?.text),
  group,
});

const optionsOf = ({ options, option_groups: groups }) =>
  groups ? groups.flatMap((group) => group.options.map((option) => optionOf(option, group.label?.text))) : (options || []).map((option) => optionOf(option));

/** An app may suggest groups where options are asked for. */
const suggested = ({ options, option_groups: groups }) => optionsOf(groups || options?.[0]?.options ? { option_groups: groups || options } : { options });

const initialOptions = (element) => [element.initial_option, ...(element.initial_options || [])].filter(Boolean).map((option) => optionOf(option));

function personOption(person, state) {
  return { value: person.id, text: state.nameOf(person.id), description: person.title || (person.is_bot ? "App" : ""), mark: () => avatar(person, "tiny") };
}

function conversationOption(conversation, state) {
  const direct = ["im", "mpim", "app"].includes(conversation.kind);
  const mark = direct
    ? () => avatar(state.people.get(conversation.with) || { id: conversation.id, name: state.titleOf(conversation) }, "tiny")
    : () => h("span", { class: "mark" }, icon(conversation.kind === "private" ? "lock" : "hash"));
  return { value: conversation.id, text: state.titleOf(conversation), mark };
}

function conversations(state, filter, defaultKinds) {
  const names = { public: ["channel"], private: ["private"], im: ["im", "app"], mpim: ["mpim"] };
  const kinds = filter?.include ? filter.include.flatMap((one) => names[one] || []) : defaultKinds;
  const noBots = filter?.exclude_bot_users;
  const found = [...state.conversations.values()].filter((one) => kinds.includes(one.kind) && !(noBots && one.kind === "app"));
  return found.map((one) => conversationOption(one, state)).sort((a, b) => a.text.localeCompare(b.text));
}

const ids = (element, what) => [element[`initial_${what}`], ...(element[`initial_${what}s`] || [])].filter(Boolean);

const SOURCES = {
  static: (element) => ({ options: optionsOf(element), initial: initialOptions(element) }),

  external: (element, block, surface) => ({
    initial: initialOptions(element),
    load: async (query) => suggested(await surface.pane.state.api.options(surface.container, block.block_id, element.action_id, query)),
  }),

  users(element, block, surface) {
    const { state } = surface.pane;
    const people = [...state.people.values()].sort((a, b) => a.is_bot - b.is_bot || state.nameOf(a.id).localeCompare(state.nameOf(b.id)));
    const options = people.map((person) => personOption(person, state));
    return { options, initial: picked(options, ids(element, "user")) };
  },

  channels(element, block, surface) {
    const options = conversations(surface.pane.state, null, ["channel"]);
    return { options, initial: picked(options, ids(element, "channel")) };
  },

  conversations(element, block, surface, multiple) {
    const options = conversations(surface.pane.state, element.filter, ["channel", "private", "im", "mpim", "app"]);
    const here = element.default_to_current_conversation && !multiple ? [surface.pane.at?.channel].filter(Boolean) : [];
    const given = ids(element, "conversation");
    return { options, initial: picked(options, given.length ? given : here) };
  },
};

const picked = (options, wanted) => wanted.map((id) => options.find((option) => option.value === id) || { value: id, text: id });
