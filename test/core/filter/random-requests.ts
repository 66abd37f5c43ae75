import type { ListRequest, Term, TextField, TimeExpression } from '../../../src/core/filter/filter.ts';
import { TEXT_FIELDS } from '../../../src/core/filter/filter.ts';
import { KNOWN_STATUSES, KNOWN_TYPES } from '../../../src/core/task/task.ts';
import fc from '../../properties.ts';

const id = fc.stringMatching(/^[A-Za-z0-9_:-]{1,12}$/);

/** Any text a value may hold: no control characters, not blank, short enough for several on one line. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('a', ' ', ',', ':', '-', '"', '“', '„', '\\', '\u00a0', 'é', '🚰', '>', '%'),
      minLength: 1,
      maxLength: 8,
    }),
  )
  .filter((value) => value.trim() !== '' && !/\p{Cc}/u.test(value));

const textTerm = (field: TextField): fc.Arbitrary<Term> =>
  fc.record({
    field: fc.constant(field),
    values: fc.uniqueArray(field === 'device' || field === 'task' ? id : text, {
      minLength: 1,
      maxLength: 3,
    }),
    not: fc.boolean(),
  });

const wordTerm: fc.Arbitrary<Term> = fc.oneof(
  fc.record({
    field: fc.constant('status' as const),
    values: fc.subarray([...KNOWN_STATUSES], { minLength: 1 }),
    not: fc.boolean(),
  }),
  fc.record({
    field: fc.constant('type' as const),
    values: fc.subarray([...KNOWN_TYPES], { minLength: 1 }),
    not: fc.boolean(),
  }),
);

const moment = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 16));

const time: fc.Arbitrary<TimeExpression> = fc.oneof(
  fc.record({
    kind: fc.constant('ago' as const),
    amount: fc.integer({ min: 0, max: 99_999 }),
    unit: fc.constantFrom('s' as const, 'm' as const, 'h' as const, 'd' as const, 'w' as const),
  }),
  fc.record({
    kind: fc.constantFrom('local' as const, 'utc' as const),
    text: fc.oneof(
      moment,
      moment.map((whole) => whole.slice(0, 10)),
    ),
  }),
);

const timeTerm: fc.Arbitrary<Term> = fc.record({
  field: fc.constantFrom('since' as const, 'before' as const),
  time,
});

const comparison = fc.constantFrom('>' as const, '>=' as const);
const failTerm: fc.Arbitrary<Term> = fc.oneof(
  fc.record({
    field: fc.constant('fail' as const),
    comparison,
    amount: fc.integer({ min: 0, max: 999_999_999 }),
    unit: fc.constant('devices' as const),
  }),
  fc.record({
    field: fc.constant('fail' as const),
    comparison,
    amount: fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
    unit: fc.constant('percent' as const),
  }),
);

export const anyTerm: fc.Arbitrary<Term> = fc.oneof(
  wordTerm,
  fc.oneof(...TEXT_FIELDS.map(textTerm)),
  timeTerm,
  failTerm,
);

/** Every request the grammar can express. */
export const anyRequest: fc.Arbitrary<ListRequest> = fc.record({
  terms: fc.array(anyTerm, { maxLength: 6 }),
  sort: fc.constantFrom(null, 'created' as const, 'failed' as const),
  page: fc.integer({ min: 1, max: 1_000_000 }),
  size: fc.integer({ min: 1, max: 100 }),
  private: fc.boolean(),
});
