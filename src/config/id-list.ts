import { z } from 'zod';

/** Comma-separated ids; null if not set or empty. */
const idList = (pattern: RegExp, message: string) =>
  z
    .string()
    .optional()
    .transform((text) => (text ? text.split(/[\s,]+/).filter(Boolean) : null))
    .refine((ids) => ids?.every((id) => pattern.test(id)) ?? true, message)
    // A list of only commas is ambiguous: it could let in nobody or everybody.
    .refine((ids) => ids?.length !== 0, message);

export const channelIds = idList(
  /^[CG][A-Z0-9]{2,}$/,
  'must be ids of channels (`C…` or `G…`) with commas between them, not their names; Slack shows an id at the foot of the channel’s details',
);

const userGroups = (orNone: string) =>
  idList(
    /^S[A-Z0-9]{2,}$/,
    `must be ids of user groups (\`S…\`) with commas between them, not their handles${orNone}; Slack shows an id at the end of the link to the group`,
  );

export const userGroupIds = userGroups('');

/** The same, or `none` for an empty list. */
export const userGroupIdsOrNone = z
  .literal('none')
  .transform((): string[] => [])
  .or(userGroups(', or `none`'));
