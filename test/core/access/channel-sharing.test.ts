import { expect, test } from '@jest/globals';
import { EXTERNALLY_SHARED, sharingStep } from '../../../src/core/access/channel-sharing.ts';

const open = (external: boolean) => ({ external, suspendedReason: null });
const closed = (external: boolean, suspendedReason = EXTERNALLY_SHARED) => ({ external, suspendedReason });

test.each([
  ['ours, open', false, [open(false)], 'stay'],
  ['shared, without consent', true, [open(false)], 'close'],
  ['shared, with consent', true, [open(true)], 'stay'],
  ['shared, one of two without consent', true, [open(true), open(false)], 'close'],
  ['shared and closed, without consent', true, [closed(false)], 'stay'],
  ['shared and closed, consent given since', true, [closed(true)], 'open'],
  ['shared and closed, one of two lacks it', true, [closed(true), closed(false)], 'stay'],
  ['ours again', false, [closed(false), open(false)], 'open'],
  ['shared, closed by Slack for another reason', true, [closed(false, 'is_archived')], 'close'],
  ['ours, closed by Slack for another reason', false, [closed(false, 'is_archived')], 'stay'],
  ['shared, nobody subscribed', true, [], 'stay'],
] as const)('%s', (_case, shared, subscriptions, step) => {
  expect(sharingStep(shared, subscriptions)).toBe(step);
});
