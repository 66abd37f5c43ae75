import { useCallback, useState } from 'react';
import type { ControlAct, ControlState } from '../../contract.ts';
import { Violations } from '../parts/violations.tsx';
import { useWorkspace } from '../state/workspace-context.ts';
import { BotSwitch } from './bot-switch.tsx';
import { ClockSwitch } from './clock-switch.tsx';
import { Faults } from './faults.tsx';
import { Tasks } from './tasks.tsx';

interface ControlPanelProps {
  readonly control: ControlState;
  readonly violations: readonly string[];
  readonly receivedAt: number;
  readonly close: () => void;
}

/** What drives the simulation: time, tasks, what goes wrong, the bot's process. No part of Slack. */
export function ControlPanel({ control, violations, receivedAt, close }: ControlPanelProps) {
  const { act } = useWorkspace();
  const [trouble, setTrouble] = useState<string | null>(null);
  const run = useCallback(
    async (deed: ControlAct) => setTrouble(await act({ act: 'control', control: deed })),
    [act],
  );
  return (
    <section className="panel" aria-label="Control panel">
      <header className="pane-head">
        <h2>Control panel</h2>
        <button type="button" className="icon" aria-label="Close control panel" onClick={close}>
          ✕
        </button>
      </header>
      <div className="panel-body">
        {trouble && (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        )}
        <ClockSwitch now={control.now} speed={control.speed} receivedAt={receivedAt} run={run} />
        <BotSwitch bot={control.bot} run={run} />
        <Faults control={control} run={run} />
        {violations.length > 0 && <Violations violations={violations} />}
        <Tasks control={control} run={run} />
      </div>
    </section>
  );
}
