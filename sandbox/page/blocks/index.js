// Which function draws which block; what is not known shows as a grey box and never vanishes.
import { h } from "../core/h.js";
import { actions, contextActions, input } from "./controls.js";
import { alert, context, divider, header, image, markdownBlock, section, video } from "./texts.js";
import { card, carousel, container, fileBlock, plan, taskCard } from "./layouts.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./tables.js";
import { dataVisualization } from "./charts.js";
import { unknown } from "./unknown.js";

const DRAW = {
  actions,
  alert,
  card,
  carousel,
  container,
  context,
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: dataVisualization,
  divider,
  file: fileBlock,
  header,
  image,
  input,
  markdown: markdownBlock,
  plan,
  rich_text: (block, surface) => h("div", null, richText(block.elements, surface.reader)),
  section,
  table,
  task_card: taskCard,
  video,
};

/** The node of one block; a block that cannot be drawn never takes its neighbours with it. */
export function blockNode(block, surface) {
  const draw = Object.hasOwn(DRAW, block.type ?? "") ? DRAW[block.type] : null;
  let node;
  try {
    node = draw ? draw(block, surface) : unknown(block.type);
  } catch (error) {
    console.error(error);
    node = unknown(block.type);
  }
  node.classList.add("block", `block-${block.type}`);
  node.dataset.blockId = block.block_id || "";
  return node;
}
