import { App, HTTPReceiver } from '@slack/bolt';

/** The least a Bolt app can do with the command: acknowledge it and, to be compared as an answer, ask and respond. */
const {
  SLACK_BOT_TOKEN = '',
  SLACK_SIGNING_SECRET = '',
  SLACK_API_URL = '',
  PORT,
  MODE,
  PLATFORM_URL = '',
  PLATFORM_APP_ID = '',
  PLATFORM_AUTHORIZATION = '',
} = process.env;

const receiver = new HTTPReceiver({
  signingSecret: SLACK_SIGNING_SECRET,
  customRoutes: [
    { path: '/readyz', method: 'GET', handler: (_request, response) => void response.writeHead(200).end() },
  ],
});
const app = new App({ receiver, token: SLACK_BOT_TOKEN, clientOptions: { slackApiUrl: SLACK_API_URL } });
app.command('/upgrades', async ({ ack, respond }) => {
  await ack();
  if (MODE !== 'answer') return;
  const headers = { app_key: PLATFORM_APP_ID, authorization: PLATFORM_AUTHORIZATION };
  const answer = await fetch(PLATFORM_URL, { headers });
  await answer.text();
  if (!answer.ok) throw new Error(`the platform answered ${answer.status}`);
  await respond({ response_type: 'in_channel', text: 'answered' });
});
await app.start(Number(PORT));
