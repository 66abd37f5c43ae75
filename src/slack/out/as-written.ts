/** Goes with every edit and every ephemeral message: none of their text is read as a mention or a link. */
export const AS_WRITTEN = { parse: 'none', link_names: false } as const;
/** Goes with every post and every answer to a response URL: nothing in them unfurls either. */
export const POSTED_AS_WRITTEN = { ...AS_WRITTEN, unfurl_links: false, unfurl_media: false } as const;
