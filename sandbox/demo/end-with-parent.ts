/**
 * Loaded before the bot's own program: a sandbox that was killed takes its bot with it, which would otherwise ask a
 * platform that is gone for ever.
 */
const LOOK_EVERY_MS = 1_000;
const parent = process.ppid;

setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, LOOK_EVERY_MS).unref();
