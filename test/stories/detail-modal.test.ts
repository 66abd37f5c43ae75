import { describe, expect } from '@jest/globals';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';
import { forgeState, modalOf, modalSaying } from './modal-reader.ts';

const REASONS = ['Task Conflict', 'Out of memory'];

/** A task over 40 devices, 6 of them failed; the modal of wei shows its overview. */
async function openModal(s: Story): Promise<string> {
  s.fleet.addTask({
    operationId: 'op-40',
    status: 'processing',
    tally: { total: 40, success: 20, fail: 6, processing: 4, wait: 10 },
    reasons: REASONS,
    extendPara: { silent: true },
    policy: { executeType: 'device_online', retryType: true, retryTimes: 3 },
  });
  await s.start();
  const list = await s.people.ask('ana', 'running');
  await s.people.pressOnly('wei', list, { label: 'Details' });
  return await modalSaying(s.workspace, 'wei', 'Extended parameters');
}

describe('the detail of a task in a modal', () => {
  story('opens loading, then shows everything important', async (s) => {
    const text = await openModal(s);
    const [first] = modalOf(s.workspace, 'wei').versions;
    expect(s.workspace.plainView(first ?? {})).toContain('Reading…');
    for (const piece of [
      '[Overview] [Devices] [Policy & targets] [History] [Refresh]',
      'running',
      '`op-40`',
      '26 of 40 devices done (65 %)',
      'total *40* · wait *10* · processing *4* · success *20* · fail *6* · stop *0* · timeout *0*',
      '`silent`: `true`',
      'live',
    ]) {
      expect(text).toContain(piece);
    }
    expect(s.workspace.modal('ana')).toBeUndefined();
  });

  story('pages through its devices, by status, also after a restart', async (s) => {
    await openModal(s);
    const press = (label: string) => s.workspace.pressInView({ user: 'wei', label });
    await press('Devices');
    await modalSaying(s.workspace, 'wei', '1–15 of 40 devices', '[Next ▶]', 'live');
    await press('Next ▶');
    await modalSaying(s.workspace, 'wei', '16–30 of 40 devices', '[◀ Previous]');
    await s.restart();
    await press('Next ▶');
    const last = await modalSaying(s.workspace, 'wei', '31–40 of 40 devices');
    expect(last).not.toContain('Next ▶');
    await press('◀ Previous');
    await modalSaying(s.workspace, 'wei', '16–30 of 40 devices');
    await s.workspace.pressInView({ user: 'wei', actionId: 'detail_status', selected: 'failed' });
    const failed = await modalSaying(s.workspace, 'wei', '1–6 of 6 devices', '[Only failed]');
    for (const reason of REASONS) expect(failed).toContain(reason);
    expect(failed.split('\n').filter((line) => line.startsWith(':red_circle:'))).toHaveLength(6);
    await s.workspace.pressInView({ user: 'wei', actionId: 'detail_status', selected: 'stopped' });
    await modalSaying(s.workspace, 'wei', 'No device of this task is stopped.');
  });

  story('shows policy, targets and history, and what is new on Refresh', async (s) => {
    await openModal(s);
    const press = (label: string) => s.workspace.pressInView({ user: 'wei', label });
    await press('Policy & targets');
    const policy = await modalSaying(s.workspace, 'wei', '*Policy*', 'live');
    expect(policy).toContain('retry: yes, times: 3');
    expect(policy).toContain('meters-north');
    s.fleet.finishDevices('op-40', { success: 4 });
    await s.poll();
    await press('History');
    const history = await modalSaying(s.workspace, 'wei', 'newest first', 'as the bot saw it');
    const [newest, before] = history.split('\n').filter((line) => line.includes('devices done'));
    expect(history.indexOf('30 of 40')).toBeLessThan(history.lastIndexOf('26 of 40'));
    expect([newest, before].every((line) => line !== undefined)).toBe(true);
    await press('Overview');
    await modalSaying(s.workspace, 'wei', '30 of 40 devices done', 'Extended parameters');
    s.fleet.finishDevices('op-40', { fail: 10 });
    await press('Refresh');
    await modalSaying(s.workspace, 'wei', '40 of 40 devices done', 'failed');
  });

  story('what was pressed last stays, whatever answers last', async (s) => {
    await openModal(s);
    s.platform.faults.add({ kind: 'delay', ms: 400 }, { call: 'listDeviceResults' });
    await s.workspace.pressInView({ user: 'wei', label: 'Devices' });
    await modalSaying(s.workspace, 'wei', 'Reading…');
    await s.workspace.pressInView({ user: 'wei', label: 'History' });
    await modalSaying(s.workspace, 'wei', 'newest first');
    await s.workspace.until(({ apiCalls }) => apiCalls.some(({ error }) => error === 'hash_conflict'));
    await modalSaying(s.workspace, 'wei', 'newest first');
  });

  story('a trigger that came too late is answered by a message only for whoever pressed', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const list = await s.people.ask('ana', 'failed');
    s.workspace.fault({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' });
    const detail = await s.people.press('wei', list, { label: 'Details' });
    expect(detail.to).toBe('wei');
    expect(detail.text).toContain('*Targets*');
    expect(detail.text).toContain('[Details] [Reasons] [History]');
  });

  story('a state that is not ours is not acted upon', async (s) => {
    await openModal(s);
    const outside = {
      ...{ operationId: '../../devices', tab: 'devices', status: 'all', page: 1 },
      ...{ channel: null, threadTs: null },
    };
    for (const forged of ['no JSON', '{}', JSON.stringify(outside)]) {
      const calls = s.platform.calls.length;
      const buttons = modalOf(s.workspace, 'wei').view;
      await forgeState(s.workspace, 'wei', forged);
      await s.workspace.pressInView({ user: 'wei', label: 'Devices' });
      const lost = await modalSaying(s.workspace, 'wei', 'which task this window is about');
      expect(lost).not.toContain('[Devices]');
      expect(s.platform.calls).toHaveLength(calls);
      await forgeState(s.workspace, 'wei', '{}', buttons);
    }
  });

  story('blocks that a workspace refuses are shown as text', async (s) => {
    await openModal(s);
    await s.workspace.pressInView({ user: 'wei', label: 'Devices' });
    await modalSaying(s.workspace, 'wei', '1–15 of 40 devices');
    const fault = { method: 'views.update', kind: 'error', error: 'invalid_blocks' } as const;
    s.platform.faults.add({ kind: 'delay', ms: 300 }, { call: 'listDeviceResults' });
    await s.workspace.pressInView({ user: 'wei', label: 'Refresh' });
    await modalSaying(s.workspace, 'wei', 'Reading…');
    s.workspace.fault(fault);
    const text = await modalSaying(s.workspace, 'wei', '1–15 of 40 devices', '[Refresh]');
    expect(text).not.toContain('Next ▶');
  });

  story('with the platform away, shows what was seen last and says so', async (s) => {
    await openModal(s);
    await s.workspace.pressInView({ user: 'wei', label: 'Devices' });
    await modalSaying(s.workspace, 'wei', '1–15 of 40 devices', 'live');
    s.platform.faults.add({ kind: 'reset' }, { times: 'until-cleared' });
    await s.workspace.pressInView({ user: 'wei', label: 'Refresh' });
    await modalSaying(s.workspace, 'wei', ':warning:', 'as of', 'only devices I have read before');
    await s.workspace.pressInView({ user: 'wei', actionId: 'detail_status', selected: 'stopped' });
    const nothing = await modalSaying(s.workspace, 'wei', ':warning:', '[Only stopped]', 'cannot be reached');
    expect(nothing).toContain('[Overview]');
    await s.workspace.pressInView({ user: 'wei', label: 'Overview' });
    await modalSaying(s.workspace, 'wei', '26 of 40 devices done', 'as of');
  });
});
