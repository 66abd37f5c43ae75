import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { ShownMessage } from '../../contract.ts';
import { type FieldValues, targetOf } from '../shown/fields.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { type Surface, SurfaceContext } from './surface.ts';

interface MessageSurfaceProps {
  readonly message: ShownMessage;
  readonly channel: string;
  readonly children: ReactNode;
}

/** What pressing does in a message. What went wrong is told under it, to this person alone. */
export function MessageSurface({ message, channel, children }: MessageSurfaceProps) {
  const { me, act } = useWorkspace();
  const [values, setValues] = useState<FieldValues>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const { ts, onlyYou, blocks, violations } = message;
  // A message the bot has changed shows what the bot says, not what was chosen before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the new blocks are the reason
  useEffect(() => setValues({}), [blocks]);
  const refused = violations.length > 0;
  const surface = useMemo((): Surface => {
    const place = onlyYou ? { ephemeralId: ts } : { messageTs: ts };
    const press: Surface['press'] = async (element, selected) => {
      setTrouble(null);
      const chosen = selected !== undefined && { selected };
      setTrouble(await act({ act: 'press', user: me, channel, ...place, ...targetOf(element), ...chosen }));
    };
    return {
      press: refused ? null : press,
      values,
      setValue: (key, value) => setValues((all) => ({ ...all, [key]: value })),
      errors: {},
    };
  }, [act, me, channel, ts, onlyYou, refused, values]);
  return (
    <SurfaceContext value={surface}>
      {children}
      {trouble && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
    </SurfaceContext>
  );
}
