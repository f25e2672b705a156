// The page's calls to the local workspace, each made as one person.

export class Refusal extends Error {}

async function answerOf(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    throw new Refusal("The local workspace gave an answer that could not be read.");
  }
  if (!response.ok) throw new Refusal(body.error || "That did not work.");
  return body;
}

export async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new Refusal("The local workspace does not answer. Is it still running?");
  }
  return answerOf(response);
}

export const findPeople = () => ask("/sandbox/people");

export class Api {
  constructor(me) {
    this.me = me;
    this.root = `/sandbox/${encodeURIComponent(me)}`;
  }

  get(path, query = {}) {
    const used = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
    const search = used.length ? `?${new URLSearchParams(used)}` : "";
    return ask(`${this.root}${path}${search}`);
  }

  post(path, body) {
    return ask(`${this.root}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  start = () => this.get("/start");
  messages = (channel, before) => this.get(`/conversations/${channel}`, { limit: 100, before });
  thread = (channel, ts) => this.get(`/conversations/${channel}/threads/${ts}`);
  home = () => this.get("/home");
  send = (channel, text, more) => this.post("/messages", { channel, text, ...more });
  command = (channel, command, text) => this.post("/commands", { channel, command, text });
  shortcut = (body) => this.post("/shortcuts", body);
  act = (body) => this.post("/actions", body);
  submit = (view, values) => this.post(`/views/${view}/submit`, { values });
  close = (view, clear) => this.post(`/views/${view}/close`, { clear });
  react = (channel, ts, name, on) => this.post("/reactions", { channel, ts, name, on });
  read = (channel, ts) => this.post("/read", { channel, ts });
  dismiss = (channel, ts) => this.post(`/ephemerals/${ts}/dismiss`, { channel });
  openDirect = (user) => this.post("/conversations", { with: user });
  pause = (until) => this.post("/pause", { until });
  join = (channel) => this.post("/conversations", { join: channel });

  options = (container, block_id, action_id, value) =>
    this.get("/options", { container: JSON.stringify(container), block_id, action_id, value });

  upload(file) {
    return ask(`${this.root}/files?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
  }

  download(file) {
    const url = new URL(file.url_private || `/files/${file.id}/${encodeURIComponent(file.name)}`, location.href);
    // Slack may name itself by another host than the page was opened with; the files are the same.
    if (url.protocol.startsWith("http")) url.host = location.host;
    url.searchParams.set("as", this.me);
    return url.href;
  }
}
