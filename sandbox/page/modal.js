// The stack of modals of one person: only the top one shows; what was typed in the others waits.
import { fill, h, uid } from "./core/h.js";
import { icon, spinner } from "./core/icons.js";
import { problemsIn } from "./blocks/check.js";
import { Surface } from "./blocks/surface.js";
import { avatar } from "./parts/avatar.js";
import { focusableIn, trapFocus } from "./parts/dialog.js";
import { plain } from "./text/mrkdwn.js";

const TROUBLE = "We had some trouble connecting. Try again?";

export class ModalStack {
  constructor(pane) {
    this.pane = pane;
    this.node = h("div", { class: "layer", hidden: true });
    this.dialogs = new Map();
    this.before = null;
  }

  sync(views) {
    const had = this.dialogs.size;
    if (!had && views.length) this.before = document.activeElement;
    for (const [id, dialog] of this.dialogs) {
      if (views.some((view) => view.id === id)) continue;
      dialog.node.remove();
      this.dialogs.delete(id);
    }
    for (const [index, view] of views.entries()) this.dialogOf(view).update(view, index);
    const top = views.at(-1)?.id;
    for (const [id, dialog] of this.dialogs) {
      dialog.node.hidden = id !== top;
      if (id !== top) dialog.covered();
    }
    this.node.hidden = !views.length;
    this.pane.body.inert = views.length > 0;
    if (top && this.top !== top) this.dialogs.get(top).focus();
    if (!top && had) this.before?.focus?.({ preventScroll: true });
    this.top = top;
  }

  dialogOf(view) {
    let dialog = this.dialogs.get(view.id);
    if (!dialog) {
      dialog = new ViewDialog(this.pane, view.id);
      this.dialogs.set(view.id, dialog);
      this.node.append(dialog.node);
    }
    return dialog;
  }
}

class ViewDialog {
  constructor(pane, id) {
    Object.assign(this, { pane, id, busy: false, trouble: "" });
    this.surface = new Surface(pane, { type: "view", view_id: id }, "modal");
    this.titleId = uid("title");
    this.head = h("header", { class: "dialog-head" });
    this.foot = h("footer", { class: "dialog-foot" });
    this.content = h("div", { class: "dialog-body", tabindex: "-1" }, this.surface.root);
    this.node = h("form", { class: "dialog", role: "dialog", "aria-modal": "true", "aria-labelledby": this.titleId, "data-view-id": id, novalidate: true }, this.head, this.content, this.foot);
    this.node.addEventListener("submit", (event) => (event.preventDefault(), this.submit()));
    this.node.addEventListener("keydown", (event) => this.key(event));
  }

  update(view, depth) {
    const changed = !this.view || this.view.hash !== view.hash || !view.hash;
    this.view = view;
    this.depth = depth;
    // An update that comes while the form is on its way is not yet the answer to it.
    if (changed && !this.sending) this.settle("");
    if (changed) this.surface.render(view.blocks);
    this.draw();
    if (view.errors && Object.keys(view.errors).length) this.surface.showErrors(view.errors);
  }

  draw() {
    const lost = [this.head, this.foot].some((part) => part.contains(document.activeElement));
    this.drawEdges();
    if (lost) this.content.focus({ preventScroll: true });
  }

  drawEdges() {
    const { view, pane } = this;
    const { app, people } = pane.state;
    const bot = people.get(app?.bot_user_id) || { id: "app", name: app?.name, is_bot: true };
    const back = this.depth > 0 && h("button", { type: "button", class: "icon-btn", "aria-label": "Back", disabled: this.busy, onclick: () => this.close(false) }, icon("back"));
    const cross = h("button", { type: "button", class: "icon-btn dialog-x", "aria-label": "Close all", title: "Close", disabled: this.busy, onclick: () => this.close(true) }, icon("close"));
    fill(this.head, back || avatar(bot, "small"), h("h2", { id: this.titleId, dir: "auto" }, plain(view.title?.text)), cross);
    const submit = view.submit && h("button", { type: "submit", class: "btn btn-primary", disabled: this.busy, "aria-busy": String(this.busy) }, this.busy && spinner(), h("span", null, plain(view.submit.text)));
    const close = h("button", { type: "button", class: "btn", disabled: this.busy, onclick: () => this.close(false) }, plain(view.close?.text || (view.submit ? "Cancel" : "Close")));
    fill(this.foot, h("div", { class: "dialog-trouble", role: "alert" }, this.trouble && [icon("warning"), h("span", null, TROUBLE, h("small", null, this.trouble))]), close, submit);
  }

  focus() {
    const first = this.node.querySelector("[data-autofocus]") || this.content.querySelector("input,textarea,[contenteditable]") || focusableIn(this.foot).at(-1);
    first?.focus({ preventScroll: true });
  }

  settle(trouble) {
    clearTimeout(this.timer);
    this.busy = false;
    this.trouble = trouble;
  }

  async submit() {
    if (this.busy || !this.view.submit) return;
    const values = this.surface.collect();
    const problems = problemsIn(this.surface.blocks, values);
    this.surface.showErrors(problems);
    if (Object.keys(problems).length) return;
    const sent = this.view.hash;
    this.busy = this.sending = true;
    this.trouble = "";
    this.draw();
    let answer;
    try {
      answer = await this.pane.state.api.submit(this.id, values);
    } catch (error) {
      answer = { ok: false, text: error.message };
    }
    this.sending = false;
    this.answered(answer, sent);
  }

  answered(answer, sent) {
    if (answer.ok) {
      // The stack itself comes by the live line; should it stay the same, the form must not hang.
      const isStill = this.view.hash === sent && !this.node.hidden;
      this.timer = setTimeout(() => (this.settle(""), this.draw()), isStill ? 1500 : 0);
      return;
    }
    this.settle(answer.errors ? "" : answer.text || answer.error || "No answer.");
    this.draw();
    if (answer.errors) this.surface.showErrors(answer.errors);
  }

  /** Another form was put on top, which is the answer; whoever comes back finds this one ready. */
  covered() {
    if (this.sending || !this.busy) return;
    this.settle("");
    this.draw();
  }

  async close(clear) {
    try {
      await this.pane.state.api.close(this.id, clear);
    } catch (error) {
      this.pane.toast(error.message);
    }
  }

  key(event) {
    trapFocus(event, this.node);
    if (event.key === "Escape") {
      event.preventDefault();
      this.close(false);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.submit();
    }
  }
}
