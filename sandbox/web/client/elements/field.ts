import type { JsonObject } from '../../../workspace/json.ts';

/** How an element is bound to the label, hint and error around it. */
export interface Field {
  readonly id: string;
  readonly label: string;
  readonly described: string | undefined;
  readonly invalid: boolean;
  /** Using it tells the bot at once (`dispatch_action`); else its value goes with the submission. */
  readonly dispatches: boolean;
}

export interface ElementProps {
  readonly element: JsonObject;
  readonly blockId: string;
  /** Null outside input blocks. */
  readonly field: Field | null;
}
