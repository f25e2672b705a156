// The app's Home tab, drawn anew whenever the app publishes it; and the two tabs of the app.
import { fill, h } from "./core/h.js";
import { Surface } from "./blocks/surface.js";
import { avatar } from "./parts/avatar.js";

export function appTabs(pane, current) {
  const channel = pane.state.appConversation()?.id;
  const tab = (label, on, open) => h("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(on), onclick: open }, label);
  return h(
    "div",
    { class: "tabs", role: "tablist", "aria-label": pane.state.app?.name },
    tab("Home", current === "home", () => pane.openHome()),
    channel && tab("Messages", current === "messages", () => pane.open(channel)),
  );
}

export function appTitle(pane) {
  const { state } = pane;
  const bot = state.people.get(state.app?.bot_user_id) || { id: "app", name: state.app?.name, is_bot: true };
  return h("h1", { class: "title" }, avatar(bot, "small"), state.app?.name, h("span", { class: "app-badge" }, "App"));
}

export class Home {
  constructor(pane) {
    this.pane = pane;
    this.head = h("header", { class: "middle-head" });
    this.content = h("div", { class: "home-content", role: "tabpanel", "aria-label": "Home", tabindex: "-1" });
    this.node = h("div", { class: "home" }, this.head, this.content);
  }

  async load() {
    fill(this.head, appTitle(this.pane), appTabs(this.pane, "home"));
    if (this.view) this.draw();
    const before = this.shown;
    try {
      const { view } = await this.pane.state.api.home();
      // The app often publishes while this is asked; what came by the live line is newer.
      if (this.shown === before) this.show(view);
    } catch (error) {
      this.pane.toast(error.message);
    }
  }

  show(view) {
    this.view = view;
    this.shown = (this.shown || 0) + 1;
    if (this.pane.at.home) this.draw();
  }

  draw() {
    const { view } = this;
    if (!view) {
      this.surface = null;
      fill(this.content, h("p", { class: "empty" }, `${this.pane.state.app?.name || "The app"} has put nothing here yet.`));
      return;
    }
    if (this.surface?.container.view_id !== view.id) {
      this.surface = new Surface(this.pane, { type: "view", view_id: view.id }, "home");
      this.hash = null;
    }
    if (this.hash !== view.hash || !view.hash) this.surface.render(view.blocks);
    this.hash = view.hash;
    this.content.dataset.viewId = view.id;
    if (this.surface.root.parentNode !== this.content) fill(this.content, this.surface.root);
  }
}
