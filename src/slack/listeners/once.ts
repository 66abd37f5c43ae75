import type { SlackParts } from '../app/parts.ts';
import { readAct } from '../app/read-act.ts';

export type OnceParts = Pick<SlackParts, 'acts' | 'inFlight' | 'log'>;

/** Runs the work unless it repeats an earlier act, so that there is only one answer, file or announcement. */
export function onlyOnce(parts: OnceParts, body: unknown, work: () => Promise<void>): Promise<void> {
  return parts.inFlight.track(run(parts, body, work));
}

async function run(parts: OnceParts, body: unknown, work: () => Promise<void>): Promise<void> {
  const act = readAct(body);
  if (act === null) return await work();
  const end = await parts.acts.begin(act);
  if (end === null) {
    parts.log.info({ reason: 'repeated' }, 'ignored');
    return;
  }
  try {
    await work();
  } finally {
    end();
  }
}

/** A listener that always acknowledges, so a second press shows no Slack error, but does its work once. */
export function once<Args extends { readonly body: unknown; readonly ack: () => Promise<void> }>(
  parts: OnceParts,
  listener: (args: Args) => Promise<void>,
) {
  return async (args: Args): Promise<void> => {
    await args.ack();
    await onlyOnce(parts, args.body, () => listener(args));
  };
}

/** The same for events that Bolt acknowledges itself. */
export function heardOnce<Args extends { readonly body: unknown }>(
  parts: OnceParts,
  listener: (args: Args) => Promise<void>,
) {
  return (args: Args): Promise<void> => onlyOnce(parts, args.body, () => listener(args));
}
