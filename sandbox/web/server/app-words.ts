import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { AppWords } from './snapshot/snapshot-of.ts';

const MANIFEST = new URL('../../../manifest.yml', import.meta.url);

const manifest = z.object({
  features: z.object({
    slash_commands: z.array(z.object({ command: z.string(), usage_hint: z.string().default('') })),
    shortcuts: z
      .array(z.object({ name: z.string(), type: z.enum(['global', 'message']), callback_id: z.string() }))
      .default([]),
  }),
});

/** What Slack learns from the manifest when the app is installed. */
export async function readAppWords(file: URL = MANIFEST): Promise<AppWords> {
  const { features } = manifest.parse(parse(await readFile(file, 'utf8')));
  return {
    usageHint: features.slash_commands[0]?.usage_hint ?? '',
    shortcuts: features.shortcuts.map(({ name, type, callback_id }) => ({
      name,
      type,
      callbackId: callback_id,
    })),
  };
}
