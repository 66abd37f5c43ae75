/** Shown instead of Slack's formatting characters, which cannot be escaped. Names are also found by what is shown. */
export const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ['*', '\u2217'],
  ['_', '\u02cd'],
  ['~', '\u223c'],
  ['`', '\u02cb'],
]);
