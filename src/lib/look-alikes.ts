/**
 * What the bot shows in place of the signs with which Slack formats text, since nothing keeps Slack from formatting with
 * them. Names are found by what is shown as well.
 */
export const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ['*', '\u2217'],
  ['_', '\u02cd'],
  ['~', '\u223c'],
  ['`', '\u02cb'],
]);
