// Lists and menus that float above everything beside their anchor, and go away when one looks elsewhere.

const GAP = 6;
const EDGE = 8;

function place(anchor, panel, { align, matchWidth, above }) {
  const at = anchor.getBoundingClientRect();
  if (matchWidth) panel.style.minWidth = `${Math.max(at.width, 180)}px`;
  const size = panel.getBoundingClientRect();
  const below = innerHeight - at.bottom - GAP - EDGE;
  const over = at.top - GAP - EDGE;
  const up = above ? over > 120 : size.height > below && over > below;
  panel.style.maxHeight = `${Math.max(120, Math.min(up ? over : below, 420))}px`;
  const height = Math.min(size.height, up ? over : below);
  const left = align === "end" ? at.right - size.width : at.left;
  panel.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - size.width - EDGE))}px`;
  panel.style.top = `${up ? at.top - GAP - height : at.bottom + GAP}px`;
}

/** Shows `panel` beside `anchor`; returns a function that puts it away. `onclose` is told once. */
export function float(anchor, panel, { onclose, ...options } = {}) {
  panel.setAttribute("popover", "manual");
  panel.classList.add("float");
  if (!panel.isConnected) anchor.after(panel);
  panel.showPopover();
  const again = () => {
    if (!anchor.isConnected) return close();
    // Where it lies bounds how wide it may be, so it is measured from the corner.
    Object.assign(panel.style, { maxHeight: "", left: "0", top: "0" });
    return place(anchor, panel, options);
  };
  const outside = (event) => {
    if (!panel.contains(event.target) && !anchor.contains(event.target)) close();
  };
  const scrolled = (event) => {
    if (!panel.contains(event.target)) again();
  };
  let open = true;
  function close() {
    if (!open) return;
    open = false;
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("scroll", scrolled, true);
    removeEventListener("resize", again);
    if (panel.isConnected) panel.hidePopover();
    onclose?.();
  }
  document.addEventListener("pointerdown", outside, true);
  addEventListener("scroll", scrolled, true);
  addEventListener("resize", again);
  again();
  return { close, again };
}
