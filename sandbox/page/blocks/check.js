// What Slack's client checks before a form is sent: required, length, number, e-mail, link.

const REQUIRED = "Please complete this required field.";

/** {block_id: text} of what is wrong, empty when the form may be sent. */
export function problemsIn(blocks, values) {
  const problems = {};
  for (const block of blocks) {
    if (block.type !== "input") continue;
    const value = values[block.block_id]?.[block.element?.action_id] ?? null;
    const text = problem(block, value);
    if (text) problems[block.block_id] = text;
  }
  return problems;
}

function problem(block, value) {
  const empty = value === null || value.length === 0 || (typeof value === "string" && !value.trim());
  if (empty) return block.optional ? null : REQUIRED;
  const check = CHECKS[block.element.type];
  return lengthProblem(block.element, value) || (check ? check(value, block.element) : null);
}

function lengthProblem(element, value) {
  if (typeof value !== "string") return null;
  if (element.min_length && value.length < element.min_length) return `Must be at least ${element.min_length} characters.`;
  if (element.max_length && value.length > element.max_length) return `Must be at most ${element.max_length} characters.`;
  return null;
}

const CHECKS = {
  number_input(value, element) {
    const shape = element.is_decimal_allowed ? /^\s*-?(\d+([.]\d+)?|[.]\d+)\s*$/ : /^\s*-?\d+\s*$/;
    if (!shape.test(value)) return element.is_decimal_allowed ? "Please enter a number." : "Please enter a whole number.";
    if (element.min_value !== undefined && Number(value) < Number(element.min_value)) return `Please enter ${element.min_value} or more.`;
    if (element.max_value !== undefined && Number(value) > Number(element.max_value)) return `Please enter ${element.max_value} or less.`;
    return null;
  },
  email_text_input: (value) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()) ? null : "Please enter a valid email address."),
  url_text_input: (value) => (/^[a-z][a-z0-9+.-]*:\/\/\S+\.?\S+$/i.test(value.trim()) ? null : "Please enter a valid URL."),
};
