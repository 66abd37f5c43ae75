import { checkBlock } from '../check/blocks.ts';
import type { BlockProblem, Check, Surface } from '../check/context.ts';
import { checkList, checkString, checkText, checkUnique, codePoints, report } from '../check/context.ts';
import type { Json, JsonObject } from '../json.ts';
import { asObject, asObjects, asString, isObject } from '../json.ts';

export type { BlockProblem, Surface } from '../check/context.ts';

/** Everything Slack would refuse about these blocks on this surface, with JSON pointers; empty when they are fine. */
export function checkBlocks(
  blocks: Json | undefined,
  surface: Surface,
  pointer = '/blocks',
): readonly BlockProblem[] {
  const check: Check = { surface, problems: [] };
  const all = checkList(check, pointer, blocks, {
    min: surface === 'message' ? 0 : 1,
    max: surface === 'message' ? 50 : 100,
  });
  for (const [place, block] of all) checkBlock(check, place, block);
  checkUnique(
    check,
    all.map(([place, block]) => [`${place}/block_id`, block.block_id] as const),
    'block_id',
  );
  checkTotals(check, pointer, asObjects(blocks));
  return check.problems;
}

/** Everything Slack would refuse about a modal or a home tab. */
export function checkView(view: JsonObject): readonly BlockProblem[] {
  const surface = view.type === 'home' ? 'home' : 'modal';
  const check: Check = { surface, problems: [...checkBlocks(view.blocks, surface)] };
  if (view.type !== 'home' && view.type !== 'modal') report(check, '/type', 'must be modal or home');
  checkText(check, '/title', view.title, { max: 24, plain: true, required: surface === 'modal' });
  checkText(check, '/submit', view.submit, { max: 24, plain: true });
  checkText(check, '/close', view.close, { max: 24, plain: true });
  checkString(check, '/private_metadata', view.private_metadata, { max: 3000 });
  checkString(check, '/callback_id', view.callback_id, { max: 255 });
  checkString(check, '/external_id', view.external_id, { max: 255 });
  const hasInput = asObjects(view.blocks).some((block) => block.type === 'input');
  if (surface === 'modal' && hasInput && !isObject(view.submit))
    report(check, '/submit', 'is needed with input blocks');
  return check.problems.map((one) => ({ ...one, code: 'invalid_arguments' }));
}

/** What holds for a whole message only: one table, two charts, one plan, 12,000 characters of Markdown. */
function checkTotals(check: Check, pointer: string, blocks: readonly JsonObject[]): void {
  const inside = blocks.flatMap((block) => [block, ...asObjects(block.child_blocks)]);
  const count = (...types: string[]) => inside.filter((block) => types.includes(asString(block.type))).length;
  const tables = count('table', 'data_table');
  if (tables > 1) report(check, pointer, `may hold one table, has ${tables}`, 'only_one_table_allowed');
  if (count('data_visualization') > 2) report(check, pointer, 'may hold two charts');
  if (count('plan') > 1) report(check, pointer, 'may hold one plan');
  const markdown = inside.filter((block) => block.type === 'markdown');
  const length = markdown.reduce((sum, block) => sum + codePoints(asString(block.text)), 0);
  if (markdown.length > 1 && length > 12_000)
    report(check, pointer, `may hold 12000 characters of markdown, has ${length}`);
}

const METADATA_BYTES = 8 * 1024;

/**
 * Everything Slack would refuse about a message: its blocks, those of its attachments, its text and its metadata. Text
 * beyond 40,000 characters is cut by `chat.postMessage`, beyond 4,000 refused by `chat.update`.
 */
export function checkMessage(message: JsonObject, maxText = 40_000): readonly BlockProblem[] {
  const check: Check = { surface: 'message', problems: [] };
  if (message.blocks !== undefined && message.blocks !== null)
    check.problems.push(...checkBlocks(message.blocks, 'message'));
  const attachments = asObjects(message.attachments);
  if (attachments.length > 100) report(check, '/attachments', 'may hold 100 items', 'too_many_attachments');
  for (const [index, one] of attachments.entries()) {
    if (one.blocks === undefined) continue;
    check.problems.push(...checkBlocks(one.blocks, 'message', `/attachments/${index}/blocks`));
  }
  const length = codePoints(asString(message.text));
  if (length > maxText)
    report(check, '/text', `may hold ${maxText} characters, has ${length}`, 'msg_too_long');
  if (message.markdown_text !== undefined) checkMarkdownText(check, message);
  if (message.metadata !== undefined && message.metadata !== null) checkMetadata(check, message.metadata);
  return check.problems;
}

function checkMarkdownText(check: Check, message: JsonObject): void {
  if (message.text !== undefined || message.blocks !== undefined) {
    report(check, '/markdown_text', 'excludes text and blocks', 'markdown_text_conflict');
  }
  if (codePoints(asString(message.markdown_text)) > 12_000) {
    report(check, '/markdown_text', 'may hold 12000 characters', 'msg_too_long');
  }
}

function checkMetadata(check: Check, metadata: Json): void {
  const given = asObject(metadata);
  const known = asString(given.event_type) !== '' && isObject(given.event_payload);
  if (!known) {
    report(check, '/metadata', 'needs event_type and event_payload', 'invalid_metadata_format');
    return;
  }
  const bytes = Buffer.byteLength(JSON.stringify(given));
  if (bytes > METADATA_BYTES)
    report(check, '/metadata', `may have ${METADATA_BYTES} bytes, has ${bytes}`, 'metadata_too_large');
  for (const [key, value] of Object.entries(asObject(given.event_payload))) {
    if (depthOf(value) <= 2) continue;
    report(check, `/metadata/event_payload/${key}`, 'is nested too deep', 'invalid_metadata_schema');
  }
}

/** 0 for a bare value, 1 for an object or list of those, 2 for a list of objects. */
function depthOf(value: Json): number {
  if (Array.isArray(value)) return 1 + Math.max(0, ...value.map(depthOf));
  if (isObject(value)) return 1 + Math.max(0, ...Object.values(value).map(depthOf));
  return 0;
}
