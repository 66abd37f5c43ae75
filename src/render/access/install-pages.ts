/** A page of the installation, as shown in the browser. */
export interface InstallPage {
  readonly status: number;
  readonly html: string;
}

/** Why an installation failed. */
export type InstallFailure =
  | 'cancelled'
  /** The state belongs to another browser, is too old, or was forged. */
  | 'stale'
  | 'not-allowed'
  /** The token from the settings already serves the workspace. */
  | 'served-already'
  /** Slack refused or did not answer, or we could not store the installation. */
  | 'failed';

/** The start page: one link to Slack, which asks for the workspace and the permissions. */
export function installPage(slackAddress: string): InstallPage {
  return page(200, 'Install Upgrades', [
    'This adds the bot that tells about firmware and software upgrade tasks to your Slack workspace.',
    `<a href="${escaped(slackAddress)}">Continue at Slack</a>`,
    'Slack asks which workspace it is for and shows what the bot may do there.',
  ]);
}

/** Shown after an installation; `workspace` is its name in Slack. */
export function installedPage(workspace: string): InstallPage {
  return page(200, 'Installed', [
    `The bot is now in ${escaped(workspace)}.`,
    'Next, in Slack: type <code>/invite @upgrades</code> in a channel, then <code>/upgrades subscribe</code> to be told there of what fails. <code>/upgrades help</code> shows the rest.',
  ]);
}

export function notInstalledPage(failure: InstallFailure): InstallPage {
  const { status, text } = FAILURES[failure];
  return page(status, 'Not installed', text);
}

const AGAIN = '<a href="/slack/install">Start again</a>';
const FAILURES: Readonly<
  Record<InstallFailure, { readonly status: number; readonly text: readonly string[] }>
> = {
  cancelled: { status: 200, text: ['You did not allow it at Slack, so nothing was installed.', AGAIN] },
  stale: {
    status: 400,
    text: [
      'This address is good for ten minutes, once, and only in the browser that opened the installation. Nothing was installed.',
      AGAIN,
    ],
  },
  'not-allowed': {
    status: 403,
    text: [
      'This bot is not meant for that workspace, so nothing was kept and its access was given back.',
      'If it should be, ask whoever runs the bot to add the id of the workspace to ALLOWED_WORKSPACES.',
    ],
  },
  'served-already': {
    status: 200,
    text: [
      'This workspace is served already, by the token in the settings of the bot. Nothing was changed.',
      'To serve it by an installation instead, whoever runs the bot takes SLACK_BOT_TOKEN out of the settings first.',
    ],
  },
  failed: {
    status: 502,
    text: [
      'Slack did not complete the installation, or it could not be stored. Nothing was installed.',
      `${AGAIN}; if it stays so, ask whoever runs the bot to look into its log.`,
    ],
  },
};

function page(status: number, title: string, paragraphs: readonly string[]): InstallPage {
  const html = [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>`,
    '<body>',
    `<h1>${title}</h1>`,
    ...paragraphs.map((text) => `<p>${text}</p>`),
    '</body>',
    '</html>',
    '',
  ].join('\n');
  return { status, html };
}

/** Names come from outside. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
