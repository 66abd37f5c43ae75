import { expect, test } from '@jest/globals';
import { blindNotification } from '../../../src/render/notification/blind.ts';
import { HOUR, MINUTE, NOON } from '../../core/tasks.ts';
import { readable } from '../sound.ts';

const BLIND = {
  kind: 'blind' as const,
  since: NOON,
  until: null,
  trouble: { message: 'The platform does not answer.', advice: 'Check the network.' },
};

test('blind: since when, why, what it means and what to do', () => {
  const message = blindNotification(BLIND, false);
  expect(readable(message)).toContain('*I cannot see the platform* since <!date^');
  expect(message.text).toBe(
    'I cannot see the platform since 2024-03-11 12:00 UTC. The platform does not answer. ' +
      'Upgrade tasks that fail meanwhile are told once I see again. Check the network.',
  );
});

test('it sees again: for how long it was blind', () => {
  const message = blindNotification({ ...BLIND, until: NOON + 2 * HOUR + 5 * MINUTE }, false);
  expect(readable(message)).toContain('*I see the platform again after 2 h 5 min*');
  expect(readable(message)).not.toContain('cannot');
});
