import type { FailedDevicesReport } from '../../core/question/detail-answer.ts';
import { type FileNote, SHOWN_DEVICES } from '../../render/task/reasons.ts';
import { reasonsCsv } from '../../render/task/reasons-csv.ts';
import { type Address, post } from '../out/post.ts';
import type { SlackFailure } from '../out/slack-failure.ts';
import { mayUpload, upload } from '../out/upload.ts';
import type { Poster } from './post-there.ts';

/** Whether a file with all failed devices is needed, and whether we may upload it. */
export async function fileNoteFor({ client }: Poster, { results }: FailedDevicesReport): Promise<FileNote> {
  if (results.length <= SHOWN_DEVICES) return 'none';
  return (await mayUpload(client)) ? 'follows' : 'needs-scope';
}

/**
 * Shares the file at an address or, if null, in the user's direct messages, so that a private answer stays
 * private. Returns null once it is uploaded, else a sentence for the user.
 */
export async function shareReasonsFile(
  { client, userId }: Poster,
  address: Address | null,
  { operationId, results }: FailedDevicesReport,
): Promise<string | null> {
  const place = address ?? (await openDirect({ client, userId }, operationId));
  if ('failure' in place) return sentence(place.failure);
  const outcome = await upload(client, place, {
    // Ids may contain colons, which some file systems do not allow in names.
    filename: `failed-devices-${operationId.replaceAll(':', '-')}.csv`,
    title: `Failed devices of ${operationId}`,
    content: reasonsCsv(results),
  });
  return outcome.kind === 'uploaded' ? null : sentence(outcome.failure);
}

async function openDirect(
  { client, userId }: Poster,
  operationId: string,
): Promise<Address | { readonly failure: SlackFailure }> {
  const text = `All failed devices of upgrade task \`${operationId}\`, as you asked:`;
  const outcome = await post(client, { channel: userId, threadTs: null }, { text, blocks: [] });
  return outcome.kind === 'posted' ? { channel: outcome.channel, threadTs: null } : outcome;
}

function sentence({ cure, word }: SlackFailure): string {
  switch (cure) {
    case 'scope':
      return 'The CSV file needs the scope `files:write`: whoever runs this bot grants it in the app’s settings and installs it again.';
    case 'invite':
      return 'The CSV file cannot be shared here, since I am not a member: invite me to the channel and press *Reasons* again.';
    default:
      if (word === null)
        return 'Slack did not say whether the CSV file arrived. Look for it first; if it is missing, press *Reasons* again.';
      return `Slack did not take the CSV file (\`${word.replaceAll(/[^a-z_]/g, '')}\`). Press *Reasons* again in a while.`;
  }
}
