import { CHANGE_KINDS } from '../change/changes.ts';
import type { FilterProblem } from '../filter/filter.ts';
import { printTerms } from '../filter/print-filter.ts';
import { parseSubscriptionWish } from './parse-wish.ts';
import { printMention, printSubscription, printTime } from './print-subscription.ts';
import type { ChannelHours, Subscription, SubscriptionWish } from './subscription.ts';

/** A subscription and its channel's hours as a form shows them: values of the grammar, without their keys. */
export interface SubscriptionForm {
  readonly filter: string;
  readonly kinds: readonly string[];
  /** Slack user ids to mention. */
  readonly people: readonly string[];
  /** Groups to mention, and `@here`. */
  readonly groups: string;
  readonly failing: string;
  readonly stalled: string;
  /** Whether other organisations the channel is shared with may read the posts. */
  readonly external: boolean;
  readonly quiet: string;
  readonly digest: string;
  readonly zone: string;
}

export type SubscriptionField = keyof SubscriptionForm;

export type SubscriptionFormReading =
  /** The complete settings: an empty field means its setting is off. */
  | { readonly ok: true; readonly wish: SubscriptionWish }
  | { readonly ok: false; readonly problems: ReadonlyMap<SubscriptionField, FilterProblem> };

type Shown = Pick<Subscription, 'terms' | 'kinds' | 'mentions' | 'thresholds' | 'external'>;

/** Fills the form from a subscription. `hours` is null for a channel without any. */
export function subscriptionForm(shown: Shown, hours: ChannelHours | null): SubscriptionForm {
  const { terms, kinds, mentions, thresholds } = shown;
  const [, failing = ''] = / failing:(\S+)/.exec(thresholdsLine(thresholds)) ?? [];
  const [, stalled = ''] = / stalled:(\S+)/.exec(thresholdsLine(thresholds)) ?? [];
  return {
    filter: printTerms(terms),
    kinds,
    people: mentions.flatMap((one) => (one.kind === 'person' ? [one.id] : [])),
    groups: mentions
      .flatMap((one) => (one.kind === 'person' ? [] : [one.kind === 'group' ? one.id : '@here']))
      .join(', '),
    failing,
    stalled,
    external: shown.external ?? false,
    quiet: hours?.quiet ? `${printTime(hours.quiet.from)}-${printTime(hours.quiet.until)}` : '',
    digest: hours?.digestAt == null ? '' : printTime(hours.digestAt),
    zone: hours?.zone ?? '',
  };
}

/** The same form with its people listed among the groups, as text on a line. */
export function withPeopleAsText(form: SubscriptionForm): SubscriptionForm {
  const groups = [...form.people.map(personOf), form.groups].filter(Boolean).join(', ');
  return { ...form, people: [], groups };
}

function thresholdsLine(thresholds: Shown['thresholds']): string {
  return printSubscription({ terms: [], kinds: [], mentions: [], thresholds });
}

/**
 * Reads a filled-in form as one line of the grammar. Each field is first parsed alone, so that problems point at
 * the right field and text in one field cannot set another.
 */
export function readSubscriptionForm(form: SubscriptionForm): SubscriptionFormReading {
  const problems = new Map<SubscriptionField, FilterProblem>();
  const pieces: string[] = [];
  for (const [field, piece] of piecesOf(form)) {
    const problem = problemIn(field, piece);
    if (problem) problems.set(field, problem);
    else pieces.push(piece);
  }
  if (problems.size > 0) return { ok: false, problems };
  const reading = parseSubscriptionWish(pieces.join(' '));
  if (reading.ok) return reading;
  const [problem] = reading.problems;
  const unknown = { word: '', message: 'cannot be read', suggestion: null };
  return { ok: false, problems: new Map([['filter', problem ?? unknown]]) };
}

/** Each field as text for the line. */
function piecesOf(form: SubscriptionForm): readonly (readonly [SubscriptionField, string])[] {
  // On a line a space ends a word; in the form people write `10 pm - 7 am`.
  const orOff = (text: string) => text.replaceAll(/\s/g, '') || 'off';
  const keyed = (key: string, text: string) => (text.trim() === '' ? '' : `${key}:${text.trim()}`);
  const called = [...form.people.map(personOf), ...form.groups.split(/[,\s]+/).map(groupOf)].filter(Boolean);
  const all: readonly (readonly [SubscriptionField, string])[] = [
    ['filter', form.filter.trim()],
    ['kinds', `on:${form.kinds.join(',')}`],
    ['groups', `mention:${called.length === 0 ? 'off' : called.join(',')}`],
    ['failing', keyed('failing', form.failing)],
    ['stalled', keyed('stalled', form.stalled)],
    ['external', `external:${form.external ? 'yes' : 'no'}`],
    ['quiet', `quiet:${orOff(form.quiet)}`],
    ['digest', `digest:${orOff(form.digest)}`],
    ['zone', keyed('zone', form.zone)],
  ];
  return all.filter(([, piece]) => piece !== '');
}

function personOf(id: string): string {
  return printMention({ kind: 'person', id });
}

/** The form has no picker for groups; people copy the ids from Slack's links to them. */
function groupOf(text: string): string {
  return /^S[A-Z0-9]+$/i.test(text) ? printMention({ kind: 'group', id: text.toUpperCase() }) : text;
}

/** What each field may set; anything else was typed into the wrong field. */
const SAYS: Readonly<Record<SubscriptionField, readonly (keyof SubscriptionWish)[]>> = {
  filter: ['terms'],
  kinds: ['kinds'],
  people: ['mentions'],
  groups: ['mentions'],
  failing: ['thresholds'],
  stalled: ['thresholds'],
  external: ['external'],
  quiet: ['quiet'],
  digest: ['digestAt'],
  zone: ['zone'],
};

function problemIn(field: SubscriptionField, piece: string): FilterProblem | null {
  if (field === 'kinds' && piece === 'on:') {
    return { word: 'on:', message: `choose at least one of ${CHANGE_KINDS.length} kinds`, suggestion: null };
  }
  const reading = parseSubscriptionWish(piece);
  if (!reading.ok) return reading.problems[0] ?? null;
  const { hoursOnly: _, ...wish } = reading.wish;
  const said = Object.entries(wish).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  const strange = said.some(([member]) => !SAYS[field].some((own) => own === member));
  return strange ? { word: piece, message: 'belongs into a field of its own', suggestion: null } : null;
}
