import { useId, useState } from 'react';
import type { ControlAct, ControlState } from '../../contract.ts';
import { taskDeeds } from './task-deeds.ts';

interface TasksProps {
  readonly control: ControlState;
  readonly run: (deed: ControlAct) => void;
}

/** The simulated tasks, and what can be done to each. */
export function Tasks({ control: { tasks, counts }, run }: TasksProps) {
  const id = useId();
  const totals = Object.entries(counts).filter(([, count]) => count > 0);
  return (
    <section aria-labelledby={id}>
      <div className="row spread">
        <h3 id={id}>Upgrade tasks</h3>
        <button type="button" className="button small primary" onClick={() => run({ kind: 'start-task' })}>
          Start a task
        </button>
      </div>
      <p className="muted totals">{totals.map(([status, count]) => `${count} ${status}`).join(' · ')}</p>
      <ul className="tasks">
        {tasks.map((task) => (
          <TaskEntry key={task.operationId} task={task} run={run} />
        ))}
      </ul>
    </section>
  );
}

function TaskEntry({ task, run }: { task: ControlState['tasks'][number]; run: TasksProps['run'] }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const { operationId, name, status, total, done, failed, stalled } = task;
  const share = (count: number) => `${total === 0 ? 0 : Math.min(100, (count / total) * 100)}%`;
  const deeds = taskDeeds(task);
  return (
    <li className={`task ${status}`}>
      <button
        type="button"
        className="task-head"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <span className="task-name">{name}</span>
        <span className="task-counts">
          {stalled ? 'stalled' : status} · {done} of {total}
          {failed > 0 && <span className="bad"> · {failed} failed</span>}
        </span>
        <span className="bar" aria-hidden="true">
          <span className="bar-done" style={{ width: share(done) }} />
          <span className="bar-failed" style={{ width: share(failed) }} />
        </span>
      </button>
      {open && (
        <div className="task-deeds" id={id}>
          <code>{operationId}</code>
          {deeds.map(({ does, label }) => (
            <button
              key={does}
              type="button"
              className="button small"
              onClick={() => run({ kind: 'task', operationId, does })}
            >
              {label}
            </button>
          ))}
          {deeds.length === 0 && <span className="muted">It has ended; nothing more can happen to it.</span>}
        </div>
      )}
    </li>
  );
}
