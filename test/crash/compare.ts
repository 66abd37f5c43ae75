import type { Told, ToldChannels, ToldRoot } from './told.ts';

/** What is wrong with what a channel shows. */
export type DifferenceKind =
  | 'lost'
  | 'repeated'
  /** It stands elsewhere: under another root, in the channel instead of a thread, in another channel. */
  | 'misplaced'
  | 'reordered'
  /** In its place, but it says something else. */
  | 'changed'
  /** Shown in the channel as well, and should not be; or the other way round. */
  | 'broadcast'
  | 'unwanted';

export interface Difference {
  readonly kind: DifferenceKind;
  readonly where: string;
  readonly what: string;
}

/** Finds everything in which the channels differ from what is expected of them. Empty: nothing. */
export function compareChannels(expected: ToldChannels, actual: ToldChannels): readonly Difference[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
  const pairs = names.map((name) => pairRoots(name, expected[name] ?? [], actual[name] ?? []));
  const found: Difference[] = pairs.flatMap(inPlace);
  const missing = pairs.flatMap((pair) => pair.missing);
  const extra = pairs.flatMap((pair) => pair.extra);
  for (const { both } of pairs) {
    for (const { where, expected: root, actual: shown } of both) {
      missing.push(...without(root.replies, shown.replies).map((told) => ({ where, told })));
      extra.push(...without(shown.replies, root.replies).map((told) => ({ where, told })));
    }
  }
  return [
    ...found,
    ...explain(missing, extra, new Set(allOf(expected).map(({ shown }) => shown))),
    ...twice(actual),
  ];
}

interface Placed {
  readonly where: string;
  readonly told: Told;
}

interface Pair {
  readonly name: string;
  readonly both: readonly {
    readonly where: string;
    readonly expected: ToldRoot;
    readonly actual: ToldRoot;
  }[];
  readonly missing: readonly Placed[];
  readonly extra: readonly Placed[];
  readonly orders: readonly [readonly Keyed[], readonly Keyed[]];
}

interface Keyed {
  readonly key: string;
  readonly root: ToldRoot;
}

/** Roots are known by their task; those of many tasks, or of none, by what they say first. */
function keyed(roots: readonly ToldRoot[]): readonly Keyed[] {
  const keys = numbered(roots.map((root) => taskOf(root) ?? root.text));
  return roots.map((root, place) => ({ key: keys[place] ?? '', root }));
}

/** Tells those of the same name apart. */
function numbered(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} #${times}`;
  });
}

function taskOf({ text }: Told): string | null {
  return /\bop-\d+\b/.exec(text)?.[0] ?? null;
}

function pairRoots(name: string, expected: readonly ToldRoot[], actual: readonly ToldRoot[]): Pair {
  const [wanted, shown] = [keyed(expected), keyed(actual)];
  const shownByKey = new Map(shown.map(({ key, root }) => [key, root]));
  const wantedKeys = new Set(wanted.map(({ key }) => key));
  const all = (root: ToldRoot): readonly Told[] => [root, ...root.replies];
  const placed = (told: Told) => ({ where: `#${name}`, told });
  return {
    name,
    both: wanted.flatMap(({ key, root }) => {
      const there = shownByKey.get(key);
      return there ? [{ where: `#${name}, thread of ${key}`, expected: root, actual: there }] : [];
    }),
    missing: wanted
      .filter(({ key }) => !shownByKey.has(key))
      .flatMap(({ root }) => all(root))
      .map(placed),
    extra: shown
      .filter(({ key }) => !wantedKeys.has(key))
      .flatMap(({ root }) => all(root))
      .map(placed),
    orders: [wanted, shown],
  };
}

/** Differences of what stands where it should. */
function inPlace({ name, both, orders }: Pair): readonly Difference[] {
  const found: Difference[] = [];
  for (const { where, expected, actual } of both) {
    if (expected.shown !== actual.shown) {
      found.push({ kind: 'changed', where, what: `${expected.shown}\n      is: ${actual.shown}` });
    }
    const complete = without(expected.replies, actual.replies).length === 0;
    const [wanted, shown] = [expected.replies, actual.replies].map((replies) =>
      numbered(replies.map(identity)),
    );
    // The parts of a summary come with it, and in their order.
    const anyOrder = (one: Told, other: Told) =>
      one.step === other.step && one.step !== expected.step && taskOf(one) !== taskOf(other);
    if (complete && isReordered(expected.replies, wanted ?? [], shown ?? [], anyOrder)) {
      found.push({ kind: 'reordered', where, what: sequence(expected.replies, actual.replies) });
    }
  }
  const [wanted, shown] = orders.map((roots) => roots.map(({ key }) => key));
  const roots = orders[0].map(({ root }) => root);
  if (isReordered(roots, wanted ?? [], shown ?? [], (one, other) => one.step === other.step)) {
    const what = `${wanted?.join(', ')}\n      is: ${shown?.join(', ')}`;
    found.push({ kind: 'reordered', where: `#${name}`, what });
  }
  return found;
}

/**
 * Whether any of these stand the other way round. Those of one step that belong to different tasks have no order: while
 * it is not known whether one of them arrived, the others go on.
 */
function isReordered(
  told: readonly Told[],
  wanted: readonly string[],
  shown: readonly string[],
  anyOrder: (one: Told, other: Told) => boolean,
): boolean {
  const placed = told.flatMap((one, place) => {
    const at = shown.indexOf(wanted[place] ?? '');
    return at < 0 ? [] : [{ one, at }];
  });
  return placed.some(({ one, at }, place) =>
    placed.slice(place + 1).some((later) => later.at < at && !anyOrder(one, later.one)),
  );
}

function identity({ shown, broadcast }: Told): string {
  return `${broadcast ? 'broadcast ' : ''}${shown}`;
}

/** The items of one that are not in the other, each as often as it is missing. */
function without(one: readonly Told[], other: readonly Told[]): readonly Told[] {
  const left = other.map(identity);
  return one.filter((told) => {
    const place = left.indexOf(identity(told));
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

/** Brings together what is missing here and too much there. */
function explain(
  missing: readonly Placed[],
  extra: readonly Placed[],
  known: ReadonlySet<string>,
): readonly Difference[] {
  const found: Difference[] = [];
  const left = [...extra];
  const take = (fits: (placed: Placed) => boolean) => {
    const place = left.findIndex(fits);
    return place < 0 ? undefined : left.splice(place, 1)[0];
  };
  for (const { where, told } of missing) {
    const loud = take((one) => one.where === where && one.told.shown === told.shown);
    const elsewhere = loud ?? take((one) => one.told.shown === told.shown);
    if (loud && loud.told.broadcast !== told.broadcast) {
      found.push({ kind: 'broadcast', where, what: told.text });
    } else if (elsewhere) {
      found.push({ kind: 'misplaced', where, what: `${told.text}\n      is in: ${elsewhere.where}` });
    } else found.push({ kind: 'lost', where, what: told.text });
  }
  for (const { where, told } of left) {
    found.push({ kind: known.has(told.shown) ? 'repeated' : 'unwanted', where, what: told.text });
  }
  return found;
}

/** A notification whose id stands in Slack twice was sent twice, whatever it says. */
function twice(channels: ToldChannels): readonly Difference[] {
  const seen = new Set<string>();
  return allOf(channels).flatMap(({ notification, text, where }): Difference[] => {
    if (notification === null) return [];
    if (!seen.has(notification)) {
      seen.add(notification);
      return [];
    }
    return [{ kind: 'repeated', where, what: `${text} (notification ${notification})` }];
  });
}

function allOf(channels: ToldChannels): readonly (Told & { readonly where: string })[] {
  return Object.entries(channels).flatMap(([name, roots]) =>
    roots.flatMap((root) => [root, ...root.replies].map((told) => ({ ...told, where: `#${name}` }))),
  );
}

function sequence(expected: readonly Told[], actual: readonly Told[]): string {
  const texts = (all: readonly Told[]) => all.map(({ text }) => text).join(' | ');
  return `${texts(expected)}\n      is: ${texts(actual)}`;
}
