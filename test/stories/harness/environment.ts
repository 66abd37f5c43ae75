import { join } from 'node:path';
import type { Environment } from './running-bot.ts';
import type { Story } from './story.ts';

const DAY = 86_400_000;

/** A schedule of once a day that is half a day away: it never fires by itself during a story. */
export function dailyButNotNow(now = Date.now()): string {
  const far = new Date(now + DAY / 2);
  return `${far.getUTCMinutes()} ${far.getUTCHours()} * * *`;
}

/** The channel most stories are told in. */
export const OPS = 'iot-ops';

/** What every bot of a story is started with; nothing of this machine's environment gets in. */
export function environmentOf(story: Story, more: Environment): Environment {
  const { platform, workspace, folder, database } = story;
  return {
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_SIGNING_SECRET: workspace.signingSecret,
    SLACK_API_URL: workspace.apiUrl,
    PORT: '0',
    IOT_BASE_URL: platform.url,
    IOT_APP_ID: platform.appId,
    IOT_SECRET: platform.secret,
    POLL_SCHEDULE: dailyButNotNow(),
    SWEEP_SCHEDULE: dailyButNotNow(),
    DATABASE_URL: database?.url ?? `sqlite:${join(folder, 'upgrades.db')}`,
    LOG_LEVEL: 'debug',
    ...more,
  };
}

/** Makes the story's channel the one that is told of alarms. */
export function alertsTo(story: Story, channel = OPS): Environment {
  return { ALERT_CHANNEL: story.workspace.channelInfo(channel).id };
}
