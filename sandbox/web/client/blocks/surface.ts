import { createContext, useContext } from 'react';
import type { JsonObject } from '../../../workspace/json.ts';
import type { FieldValue, FieldValues } from '../shown/fields.ts';

/** Where blocks stand and what using their elements does. */
export interface Surface {
  /** Null where nothing can be pressed, such as in a message Slack refused. */
  readonly press: ((element: JsonObject, selected?: FieldValue, blockId?: string) => Promise<void>) | null;
  readonly values: FieldValues;
  readonly setValue: (key: string, value: FieldValue) => void;
  /** What a submission was refused with, by block id. */
  readonly errors: Readonly<Record<string, string>>;
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === null) throw new Error('Blocks stand outside a message or a view.');
  return surface;
}
