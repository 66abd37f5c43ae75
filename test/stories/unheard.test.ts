import { describe, expect } from '@jest/globals';
import type { JsonObject } from '../../sandbox/workspace/json.ts';
import { OPS } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';

const interactive = (s: Story, payload: JsonObject) =>
  s.workspace.deliver({
    type: 'interactive',
    payload: {
      team: { id: s.workspace.teamId },
      user: { id: s.workspace.person('ana').id, team_id: s.workspace.teamId },
      ...payload,
    },
  });

const unheard = (s: Story) =>
  s.log.lines.filter(({ msg }) => String(msg).includes('nothing here answers')).map(({ what }) => what);

const WINDOW = { id: 'V0WINDOW', type: 'modal', callback_id: 'of_last_year', state: { values: {} } };

describe('what Slack sends and nothing here answers is acknowledged, and logged once for each kind', () => {
  story('events nobody needs', async (s) => {
    await s.start();
    const [user, channel] = [s.workspace.person('ana').id, s.workspace.channelInfo(OPS).id];
    for (const type of ['reaction_added', 'team_join', 'reaction_added']) {
      const event = { type, user, channel, event_ts: '1.1' };
      expect((await s.workspace.sendEvent(event)).status).toBe(200);
    }
    await s.silence();
    expect(unheard(s)).toEqual(['event reaction_added', 'event team_join']);
  });

  story('windows of another version: who sends one reads that', async (s) => {
    await s.start();
    for (let times = 0; times < 2; times += 1) {
      const sent = await interactive(s, { type: 'view_submission', view: WINDOW });
      expect(sent.status).toBe(200);
      expect(JSON.parse(sent.body)).toMatchObject({ response_action: 'update' });
      expect(sent.body).toContain('This window is from another version of me');
      expect((await interactive(s, { type: 'view_closed', view: WINDOW })).status).toBe(200);
    }
    await s.silence();
    expect(unheard(s)).toEqual(['view of_last_year', 'view_closed of_last_year']);
  });

  story('shortcuts of another version: who calls one is told', async (s) => {
    await s.start();
    for (let times = 0; times < 2; times += 1) {
      const called = { callback_id: 'of_last_year', trigger_id: `1.${times}.trigger` };
      expect((await interactive(s, { type: 'shortcut', ...called })).status).toBe(200);
    }
    await s.workspace.until(
      (seen) => seen.apiCalls.filter(({ method }) => method === 'views.open').length === 2,
    );
    expect(JSON.stringify(s.workspace.apiCalls.at(-1))).toContain(
      'This shortcut is from another version of me',
    );
    expect(unheard(s)).toEqual(['shortcut of_last_year']);
  });

  story('that it holds back events for an hour', async (s) => {
    await s.start();
    for (const minute of [1_518_467_820, 1_518_467_880]) {
      const payload = {
        ...{ token: 'legacy', type: 'app_rate_limited', team_id: s.workspace.teamId },
        ...{ minute_rate_limited: minute, api_app_id: 'A0UPGRADES' },
      };
      expect((await s.workspace.deliver({ type: 'events_api', payload })).status).toBe(200);
    }
    expect(s.log.lines.filter(({ what }) => what === 'app_rate_limited')).toMatchObject([{ level: 'warn' }]);
  });
});

story('the command is answered by whatever name the manifest gives it', async (s) => {
  s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
  await s.start();
  await s.people.command({ user: 'ana', channel: OPS, command: '/fota', text: 'failed' });
  await s.told({ kind: 'response', says: ['op-1'] });
});
