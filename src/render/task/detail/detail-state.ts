import { z } from 'zod';
import { DEVICE_FILTERS, type DeviceFilter } from '../../../core/question/detail-answer.ts';
import { isSafeId } from '../../../core/task/ids.ts';
import { ACTIONS } from '../../blocks/actions.ts';

export const DETAIL_TABS = ['overview', 'devices', 'policy', 'history'] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];

/** No task has this many pages of devices, so a larger number did not come from us. */
const LAST_PAGE = 100_000;

/**
 * What a task's modal shows and where it was opened. It is stored in `private_metadata`, so that the modal
 * survives a restart, and validated on every press because it comes from outside.
 */
export interface DetailState {
  readonly operationId: string;
  readonly tab: DetailTab;
  /** The status filter of the devices. */
  readonly status: DeviceFilter;
  /** The page of devices, from 1. */
  readonly page: number;
  /** The channel of the message it was opened from; null if there is no message that everybody can see. */
  readonly channel: string | null;
  /** The timestamp of that message, which may be the root of a thread. */
  readonly threadTs: string | null;
}

const schema = z.strictObject({
  operationId: z.string().refine(isSafeId),
  tab: z.enum(DETAIL_TABS),
  status: z.enum(DEVICE_FILTERS),
  page: z.int().min(1).max(LAST_PAGE),
  channel: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{1,30}$/)
    .nullable(),
  threadTs: z
    .string()
    .regex(/^\d{1,12}\.\d{1,9}$/)
    .nullable(),
});

/** The state of a newly opened modal. */
export function openingState(
  operationId: string,
  from: { readonly channel: string; readonly ts: string } | null,
): DetailState {
  const place = { channel: from?.channel ?? null, threadTs: from?.ts ?? null };
  return { operationId, tab: 'overview', status: 'all', page: 1, ...place };
}

/** For `private_metadata`: well below its limit of 3,000 characters, since every field has a maximum length. */
export function printDetailState(state: DetailState): string {
  return JSON.stringify(state);
}

/** Null for anything `printDetailState` would not have written. */
export function parseDetailState(text: string | undefined): DetailState | null {
  try {
    const read = schema.safeParse(JSON.parse(text ?? ''));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** The state after a press; `selected` is the chosen status. Null if the press makes no sense. */
export function stateAfter(
  state: DetailState,
  actionId: string,
  selected: string | null,
): DetailState | null {
  switch (actionId) {
    case ACTIONS.detailOverview:
      return { ...state, tab: 'overview' };
    case ACTIONS.detailDevices:
      return { ...state, tab: 'devices', page: 1 };
    case ACTIONS.detailPolicy:
      return { ...state, tab: 'policy' };
    case ACTIONS.detailHistory:
      return { ...state, tab: 'history' };
    case ACTIONS.detailRefresh:
      return state;
    case ACTIONS.detailPrevious:
      return { ...state, tab: 'devices', page: Math.max(1, state.page - 1) };
    case ACTIONS.detailNext:
      return { ...state, tab: 'devices', page: Math.min(LAST_PAGE, state.page + 1) };
    case ACTIONS.detailStatus: {
      const status = DEVICE_FILTERS.find((one) => one === selected);
      return status === undefined ? null : { ...state, tab: 'devices', status, page: 1 };
    }
    default:
      return null;
  }
}
