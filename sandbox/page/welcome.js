// The first thing seen: who would you like to be?
import { h } from "./core/h.js";
import { now } from "./core/now.js";
import { avatar } from "./parts/avatar.js";
import { Clock, placeOf } from "./text/dates.js";

export function welcome(workspace, people, choose) {
  const humans = people.filter((person) => !person.is_bot);
  const card = (person) =>
    h(
      "li",
      null,
      h(
        "button",
        { type: "button", class: "welcome-person", onclick: () => choose(person.id) },
        avatar(person, "large"),
        h("span", { class: "welcome-text" }, h("strong", null, person.real_name || person.name), h("span", null, person.title), h("small", null, `${new Clock(person).time(now())} in ${placeOf(person.tz)}`)),
      ),
    );
  return h(
    "main",
    { class: "welcome" },
    h("div", { class: "welcome-head" }, h("p", { class: "eyebrow" }, workspace?.name || "Local workspace"), h("h1", null, "Who would you like to be?"), h("p", null, "Everything happens on this computer. Pick a person to see the workspace as they do; you can change at any time, or put two people side by side and watch what one does arrive at the other.")),
    h("ul", { class: "welcome-people" }, humans.map(card)),
  );
}
