import type { HomeView, KnownBlock } from '@slack/types';
import type { Overview } from '../../core/question/answer.ts';
import type { ChannelHours, Subscription } from '../../core/subscription/subscription.ts';
import type { Instant } from '../../lib/instant.ts';
import { ACTIONS } from '../blocks/actions.ts';
import { freshnessLine, troubleLine } from '../blocks/freshness.ts';
import { context, fitLines, type Message, section, sections } from '../blocks/message.ts';
import { code, count, counted, cut, plain } from '../blocks/text.ts';
import { statusTotals, tasksIn } from '../question/overview.ts';
import { hoursLine, subscriptionLine } from '../subscription/subscription-line.ts';
import { taskName } from '../task/task-line.ts';
import { taskSections } from '../task/task-list.ts';
import { taskLook } from '../task/task-look.ts';

/** Subscriptions shown; the rest are only counted. */
const SHOWN_SUBSCRIPTIONS = 25;

export interface HomeContent {
  readonly overview: Overview;
  readonly subscriptions: readonly Subscription[];
  /** By channel; channels without hours are missing. */
  readonly hours: ReadonlyMap<string, ChannelHours>;
}

/** The home tab: a search, running tasks, failures of the last day, and the subscriptions by channel. */
export function home({ overview, subscriptions, hours }: HomeContent, now: Instant): Message {
  const { counts, running, failedLately, failedLatelyTotal, freshness } = overview;
  const warning = troubleLine(freshness);
  const totals = statusTotals(counts);
  const blocks: readonly KnownBlock[] = [
    search(),
    ...(warning ? [section(warning)] : []),
    section(`*Upgrade tasks*\n${totals === '' ? 'none yet' : totals}`),
    { type: 'divider' },
    ...titled('Running', running.length, tasksIn(counts, 'running') ?? running.length, 'running'),
    ...taskSections(running, now),
    { type: 'divider' },
    ...titled('Failed in the last 24 h', failedLately.length, failedLatelyTotal, 'failed'),
    ...taskSections(failedLately, now),
    { type: 'divider' },
    ...subscriptionBlocks(subscriptions, hours),
    context(freshnessLine(freshness)),
  ];
  const names = [...running, ...failedLately].map(
    (task) => `${taskLook(task).label}: ${taskName(task)} (${task.operationId})`,
  );
  const head = `Upgrade tasks: ${count(tasksIn(counts, 'running') ?? 0)} running, ${count(failedLatelyTotal)} failed in the last 24 h`;
  const text = fitLines([head, ...names.map((name) => plain(cut(name, 200)))].join('\n'), 3_000);
  return { text, blocks };
}

/** A message as the home tab. Without blocks, because Slack rejected them, it shows the text. */
export function homeView({ text, blocks = [] }: Pick<Message, 'text'> & Partial<Message>): HomeView {
  return { type: 'home', blocks: blocks.length > 0 ? [...blocks] : [section(text)] };
}

/** Takes the same words as the command; Enter submits. */
function search(): KnownBlock {
  return {
    type: 'input',
    block_id: ACTIONS.homeSearch,
    dispatch_action: true,
    label: { type: 'plain_text', text: 'Search' },
    element: {
      type: 'plain_text_input',
      action_id: ACTIONS.homeSearch,
      placeholder: { type: 'plain_text', text: 'failed model:WM20 since:2d, or the id of a device or task' },
      max_length: 2_000,
      dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
    },
  };
}

function titled(title: string, shown: number, total: number, words: string): readonly KnownBlock[] {
  if (shown === 0) return [section(`*${title}*\nnone`)];
  const more = total > shown ? `\n${count(shown)} of ${counted(total, 'task')}; search for \`${words}\`` : '';
  return [section(`*${title}*${more}`)];
}

/** Grouped by channel, each with its hours. Slack shows a private channel's name only to its members. */
function subscriptionBlocks(
  subscriptions: readonly Subscription[],
  hours: ReadonlyMap<string, ChannelHours>,
): readonly KnownBlock[] {
  if (subscriptions.length === 0)
    return [section('*Subscriptions*\nNo channel is told of changes yet: `/upgrades subscribe` in one.')];
  const shown = subscriptions.slice(0, SHOWN_SUBSCRIPTIONS);
  const lines = [...Map.groupBy(shown, ({ channel }) => channel)].flatMap(([channel, some]) => {
    const where = /^[CDG][A-Z0-9]+$/.test(channel) ? `<#${channel}>` : code(cut(channel, 80));
    const when = hours.get(channel);
    return [
      `${where}${when ? ` · ${hoursLine(when)}` : ''}`,
      ...some.map((one) => `• ${subscriptionLine(one)}`),
    ];
  });
  const rest = subscriptions.length - shown.length;
  return [
    ...sections(['*Subscriptions*', ...lines]),
    ...(rest > 0 ? [context(`and ${counted(rest, 'more subscription')}`)] : []),
  ];
}
