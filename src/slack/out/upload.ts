import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Address } from './post.ts';
import { readSlackFailure, type SlackFailure } from './slack-failure.ts';

const withScopes = z.object({ response_metadata: z.object({ scopes: z.array(z.string()) }) });

/** Whether our token may upload files. If Slack does not say, assume yes: the upload will find out. */
export async function mayUpload(client: WebClient): Promise<boolean> {
  try {
    const read = withScopes.safeParse(await client.auth.test());
    return !read.success || read.data.response_metadata.scopes.includes('files:write');
  } catch {
    return true;
  }
}

export type UploadOutcome =
  | { readonly kind: 'uploaded' }
  /** It was not uploaded, or (if `failure.word` is null) it is unknown whether it was. */
  | { readonly kind: 'failed'; readonly failure: SlackFailure };

export async function upload(
  client: WebClient,
  { channel, threadTs }: Address,
  file: { readonly filename: string; readonly title: string; readonly content: string },
): Promise<UploadOutcome> {
  try {
    const { filename, title, content } = file;
    const what = { filename, title, content, channel_id: channel };
    await client.filesUploadV2(threadTs === null ? what : { ...what, thread_ts: threadTs });
    return { kind: 'uploaded' };
  } catch (error) {
    return { kind: 'failed', failure: readSlackFailure(error) };
  }
}
