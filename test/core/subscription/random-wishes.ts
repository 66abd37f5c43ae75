import { CHANGE_KINDS } from '../../../src/core/change/changes.ts';
import { findContradictions } from '../../../src/core/filter/contradictions.ts';
import type {
  ChannelHours,
  Mention,
  OwnThresholds,
  Subscription,
} from '../../../src/core/subscription/subscription.ts';
import fc from '../../properties.ts';
import { anyTerm } from '../filter/random-requests.ts';

export type Content = Pick<Subscription, 'terms' | 'kinds' | 'mentions' | 'thresholds' | 'external'>;

const id = fc.stringMatching(/^[A-Z0-9]{1,30}$/);

const anyMention: fc.Arbitrary<Mention> = fc.oneof(
  id.map((rest) => ({ kind: 'group' as const, id: `S${rest}` })),
  fc.tuple(fc.constantFrom('U', 'W'), id).map(([first, rest]) => ({
    kind: 'person' as const,
    id: `${first}${rest}`,
  })),
  fc.constant({ kind: 'here' as const }),
);

const percent = fc.integer({ min: 1, max: 10_000 }).map((hundredths) => hundredths / 100);
const devices = fc.integer({ min: 1, max: 1_000_000 });
const length = fc
  .tuple(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom(1_000, 60_000, 3_600_000, 86_400_000))
  .map(([amount, unit]) => amount * unit);

const anyThresholds: fc.Arbitrary<OwnThresholds> = fc
  .tuple(
    fc.oneof(
      fc.constant({}),
      percent.map((failingPercent) => ({ failingPercent })),
      fc.record({ failingPercent: percent, failingMinDevices: devices }),
    ),
    fc.oneof(
      fc.constant({}),
      length.map((stalledAfter) => ({ stalledAfter })),
    ),
  )
  .map(([failing, stalled]) => ({ ...failing, ...stalled }));

/** Every subscription the grammar can express: of its terms none is a status and no two contradict each other. */
export const anyContent: fc.Arbitrary<Content> = fc
  .tuple(
    fc.record({
      terms: fc
        .array(
          anyTerm.filter((term) => term.field !== 'status'),
          { maxLength: 5 },
        )
        .filter((terms) => findContradictions(terms).length === 0),
      kinds: fc.subarray([...CHANGE_KINDS], { minLength: 1 }),
      mentions: fc.uniqueArray(anyMention, { maxLength: 4, selector: (mention) => JSON.stringify(mention) }),
      thresholds: anyThresholds,
    }),
    fc.boolean(),
  )
  .map(([content, external]) => ({ ...content, ...(external && { external }) }));

const minutes = fc.integer({ min: 0, max: 1_439 });

/** All hours a channel can have. */
export const anyHours: fc.Arbitrary<ChannelHours> = fc.record({
  quiet: fc.option(
    fc.record({ from: minutes, until: minutes }).filter(({ from, until }) => from !== until),
    { nil: null },
  ),
  digestAt: fc.option(minutes, { nil: null }),
  zone: fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC', 'Asia/Kolkata', 'US/Eastern'),
});
