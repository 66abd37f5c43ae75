import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Address } from './post.ts';
import { slackErrorOf } from './slack-error.ts';

const withScopes = z.object({ response_metadata: z.object({ scopes: z.array(z.string()) }) });

/** Whether our token may upload files. When Slack does not say, the upload finds out. */
export async function mayUpload(client: WebClient): Promise<boolean> {
  try {
    const read = withScopes.safeParse(await client.auth.test());
    return !read.success || read.data.response_metadata.scopes.includes('files:write');
  } catch {
    return true;
  }
}

/** Shares a file there. Null when it is there, else why not: Slack's word, or `no-answer`. */
export async function uploadCsv(
  client: WebClient,
  { channel, threadTs }: Address,
  file: { readonly filename: string; readonly title: string; readonly content: string },
): Promise<string | null> {
  try {
    const { filename, title, content } = file;
    const what = { filename, title, content, channel_id: channel };
    await client.filesUploadV2(threadTs === null ? what : { ...what, thread_ts: threadTs });
    return null;
  } catch (error) {
    return slackErrorOf(error) ?? 'no-answer';
  }
}
