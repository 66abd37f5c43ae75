import { z } from 'zod';
import { DEFAULT_PAGE_SIZE, type FilterProblem } from '../../../core/filter/filter.ts';
import type { FilterForm, FormField } from '../../../core/filter/form.ts';
import { CONTROLS } from '../../../render/question/filter-modal.ts';
import { fieldErrors } from '../field-errors.ts';

const option = z.object({ value: z.string() });
const element = z.object({
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
});
const state = z.record(z.string(), z.record(z.string(), element));

/** Reads the form from a view's `state.values`. Null if our modal did not send it. */
export function readFilterState(values: unknown): FilterForm | null {
  const read = state.safeParse(values);
  if (!read.success) return null;
  const held = (control: keyof typeof CONTROLS) => read.data[CONTROLS[control]]?.[CONTROLS[control]];
  const text = (control: keyof typeof CONTROLS) => held(control)?.value ?? '';
  const chosen = (control: keyof typeof CONTROLS) =>
    held(control)?.selected_options?.map(({ value }) => value) ?? [];
  const sort = held('sort')?.selected_option?.value;
  return {
    status: chosen('status'),
    type: chosen('type'),
    texts: {
      devicetype: text('devicetype'),
      model: text('model'),
      manufacturer: text('manufacturer'),
      device: text('device'),
      group: text('group'),
      task: text('task'),
    },
    since: text('since'),
    before: text('before'),
    fail: text('fail'),
    sort: sort === 'created' || sort === 'failed' ? sort : null,
    size: Number(held('size')?.selected_option?.value ?? DEFAULT_PAGE_SIZE),
    private: chosen('private').includes('private'),
    more: text('more'),
  };
}

/** The mistakes as Slack shows them, each under its control. */
export function filterErrors(problems: ReadonlyMap<FormField, FilterProblem>): Record<string, string> {
  return fieldErrors(problems, CONTROLS);
}
