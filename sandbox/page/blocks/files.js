// The file field of a modal: each file is uploaded when it is chosen, and can be taken away again.
import { fill, h } from "../core/h.js";
import { icon, spinner } from "../core/icons.js";

export function fileField(element, block, surface, names) {
  const entry = surface.current(block, element, []);
  entry.held ||= [];
  const accept = element.filetypes?.map((type) => `.${type}`).join(",");
  const max = element.max_files || 10;
  const chooser = h("input", { type: "file", class: "sr-only", multiple: max > 1, accept, id: names.id, "aria-labelledby": names.labelledBy, "aria-describedby": names.describedBy });
  const list = h("ul", { class: "file-list" });
  const note = h("span", { class: "file-note", role: "status" });

  const keep = (files) => {
    surface.set(block, element, files.map((file) => file.id), files);
    draw();
  };
  const draw = () => {
    const held = surface.current(block, element, []).held || [];
    fill(list, held.map((file) => row(file, () => keep(held.filter((one) => one !== file)))));
  };
  const upload = async (chosen) => {
    fill(note, spinner(), "Uploading…");
    try {
      for (const file of [...chosen]) {
        const held = surface.current(block, element, []).held || [];
        if (held.length >= max) throw new Error(`At most ${max} ${max === 1 ? "file" : "files"}.`);
        keep([...held, (await surface.pane.state.api.upload(file)).file]);
      }
      fill(note);
    } catch (error) {
      fill(note, error.message);
    }
    chooser.value = "";
  };
  chooser.addEventListener("change", () => upload(chooser.files));
  const pick = h("label", { class: "btn", for: names.id }, icon("clip"), "Choose files");
  draw();
  const node = h("div", { class: "file-field" }, chooser, pick, note, list);
  node.addEventListener("dragover", (event) => event.preventDefault());
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    upload(event.dataTransfer.files);
  });
  return surface.control(block, element, node);
}

const row = (file, onremove) =>
  h("li", { class: "file-row" }, icon("file"), h("span", null, file.name), h("button", { type: "button", class: "icon-btn", "aria-label": `Remove ${file.name}`, onclick: onremove }, icon("close")));
