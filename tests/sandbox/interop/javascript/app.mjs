// The story's app in Bolt for JavaScript. It says "ready" and its port once it can be reached.
import bolt from "@slack/bolt";

const { SLACK_API_URL, SLACK_APP_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SOCKET_MODE } = process.env;
const app = new bolt.App({
  token: SLACK_BOT_TOKEN,
  appToken: SLACK_APP_TOKEN,
  signingSecret: SLACK_SIGNING_SECRET,
  socketMode: SOCKET_MODE === "1",
  clientOptions: { slackApiUrl: SLACK_API_URL },
});

const words = (text) => ({ type: "plain_text", text });
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const form = (text) => ({
  type: "modal",
  callback_id: "note",
  private_metadata: "C0BILLING",
  title: words("A note"),
  submit: words("Post"),
  blocks: [{ type: "input", block_id: "note", label: words("Note"), element: { type: "plain_text_input", action_id: "text", initial_value: text } }],
});

const card = (text) => [
  { type: "section", text: { type: "mrkdwn", text } },
  { type: "actions", elements: [{ type: "button", action_id: "done", text: words("Done") }] },
];

app.command("/note", async ({ ack, body, client }) => {
  await client.views.open({ trigger_id: body.trigger_id, view: form(body.text) });
  await ack();
});

app.view("note", async ({ ack, view, client }) => {
  const text = escaped(view.state.values.note.text.value);
  if (text.length < 5) {
    await ack({ response_action: "errors", errors: { note: "Please say more." } });
    return;
  }
  await ack();
  await client.chat.postMessage({ channel: view.private_metadata, text, blocks: card(text) });
});

app.action("done", async ({ ack, body, respond }) => {
  await ack();
  await respond({ text: `Done by <@${body.user.id}>`, replace_original: true });
});

app.message("done?", async ({ message, say }) => {
  await say({ text: "yes", thread_ts: message.ts });
});

const server = await app.start(0);
console.log(`ready ${SOCKET_MODE === "1" ? 0 : server.address().port}`);
