import { expect, test } from '@jest/globals';
import { mayInstall } from '../../../src/core/access/access.ts';

test.each([
  ['a listed workspace may', 'T1', null, ['T1'], 'workspace-allowed'],
  ['another one may not', 'T2', null, ['T1'], 'not-listed'],
  ['a workspace of a listed organisation may', 'T2', 'E1', ['E1'], 'organisation-allowed'],
  ['a listed organisation may, for all of its workspaces', null, 'E1', ['E1'], 'organisation-allowed'],
  ['an organisation of which one workspace is listed may not', null, 'E1', ['T1'], 'not-listed'],
  ['nobody may without a name', null, null, ['T1', 'E1'], 'not-listed'],
])('%s', (_case, team, organisation, allowed, outcome) => {
  expect(mayInstall({ team, organisation }, allowed)).toBe(outcome);
});
