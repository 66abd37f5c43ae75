import { type ReactNode, useMemo } from 'react';
import type { JsonObject } from '../../../workspace/json.ts';
import { type FieldValues, fieldKey, filledOf, targetOf } from '../shown/fields.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { type Surface, SurfaceContext } from './surface.ts';

interface ViewSurfaceProps {
  readonly viewId: string;
  readonly blocks: readonly JsonObject[];
  readonly values: FieldValues;
  readonly setValue: Surface['setValue'];
  readonly errors: Surface['errors'];
  readonly onTrouble: (trouble: string | null) => void;
  readonly children: ReactNode;
}

/** What pressing does in a modal or a home tab: everything that was filled in goes along. */
export function ViewSurface(props: ViewSurfaceProps) {
  const { viewId, blocks, values, setValue, errors, onTrouble, children } = props;
  const { me, act } = useWorkspace();
  const surface = useMemo((): Surface => {
    const press: Surface['press'] = async (element, selected, blockId = '') => {
      onTrouble(null);
      const own = selected !== undefined &&
        element.type !== 'overflow' && { [fieldKey(blockId, element)]: selected };
      const filled = filledOf(blocks, { ...values, ...own });
      const chosen = selected !== undefined && { selected };
      const target = targetOf(element);
      onTrouble(await act({ act: 'press-in-view', user: me, viewId, ...target, ...chosen, values: filled }));
    };
    return { press, values, setValue, errors };
  }, [act, me, viewId, blocks, values, setValue, errors, onTrouble]);
  return <SurfaceContext value={surface}>{children}</SurfaceContext>;
}
