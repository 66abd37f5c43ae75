import { describe, expect, test } from '@jest/globals';
import { isSafeId } from '../../../src/core/task/ids.ts';

describe('ids that may become part of a path', () => {
  test.each(['op-7f3c21a0', 'a', '9d1f6f0e-0000-4000-8000-0000000000a1', 'a:b_c.d', '...', 'x'.repeat(256)])(
    'accepted: %s',
    (id) => {
      expect(isSafeId(id)).toBe(true);
    },
  );

  test.each(['', '.', '..', 'a/b', '../x', 'a b', 'a%2Fb', 'a?b', 'a\n', 'é', 'x'.repeat(257)])(
    'refused: %j',
    (id) => {
      expect(isSafeId(id)).toBe(false);
    },
  );
});
