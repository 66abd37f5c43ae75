import type { ApiCall } from '../../../sandbox/workspace/types.ts';

/** What keeps Slack from reading mentions and links into a text. */
const AS_WRITTEN = { parse: 'none', link_names: false };
/** What keeps links in a new message from unfurling besides. */
export const POSTED_AS_WRITTEN = { ...AS_WRITTEN, unfurl_links: false, unfurl_media: false };

/** By each way a message takes. Edits and ephemeral messages never unfurl and have no words for it. */
const WANTED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'chat.postMessage': POSTED_AS_WRITTEN,
  response_url: POSTED_AS_WRITTEN,
  'chat.update': AS_WRITTEN,
  'chat.postEphemeral': AS_WRITTEN,
};

/** Messages that were sent in a way that lets their text mention somebody, link or unfurl. */
export function loudMessages(calls: readonly Pick<ApiCall, 'method' | 'params'>[]): readonly string[] {
  return calls.flatMap(({ method, params }) => {
    // What only takes a message away has no text.
    if (!('text' in params)) return [];
    const lacking = Object.entries(WANTED[method] ?? {}).filter(
      ([name, value]) => String(params[name]) !== String(value),
    );
    const names = lacking.map(([name]) => name).join(', ');
    return lacking.length === 0 ? [] : [`${method} without ${names}: ${String(params.text)}`];
  });
}
