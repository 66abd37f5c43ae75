import { useCallback, useEffect, useState } from 'react';
import type { JsonObject } from '../../../workspace/json.ts';
import { asObjects, asString } from '../../../workspace/json.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { ViewSurface } from '../blocks/view-surface.tsx';
import type { FieldValue, FieldValues } from '../shown/fields.ts';
import { useWorkspace } from '../state/workspace-context.ts';

const NONE = {};

/** The bot's home tab. Opening it tells the bot, which then publishes what stands in it. */
export function HomeTab({ home }: { home: JsonObject | null }) {
  const { me, act } = useWorkspace();
  const [values, setValues] = useState<FieldValues>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const setValue = useCallback(
    (key: string, value: FieldValue) => setValues((all) => ({ ...all, [key]: value })),
    [],
  );
  useEffect(() => {
    void act({ act: 'open-home', user: me }).then(setTrouble);
  }, [act, me]);
  const blocks = asObjects(home?.blocks);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className="home" aria-label="Home of upgrades" tabIndex={0}>
      <div className="home-sheet">
        {trouble && (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        )}
        {home === null ? (
          <p className="muted">The bot has published nothing here yet.</p>
        ) : (
          <ViewSurface
            viewId={asString(home.id)}
            blocks={blocks}
            values={values}
            setValue={setValue}
            errors={NONE}
            onTrouble={setTrouble}
          >
            <Blocks blocks={blocks} />
          </ViewSurface>
        )}
      </div>
    </section>
  );
}
