import { failedDevices } from '../task/tally.ts';
import type { Task } from '../task/task.ts';
import { type FailTerm, type FilterContext, isNameField, type Term, type ValueTerm } from './filter.ts';
import { sameName } from './fold.ts';
import { resolveTime } from './time-expression.ts';

/** Whether a task matches every term. A field the task lacks never equals anything and is never since or before. */
export function matches(task: Task, terms: readonly Term[], context: FilterContext): boolean {
  return terms.every((term) => matchesTerm(task, term, context));
}

function matchesTerm(task: Task, term: Term, context: FilterContext): boolean {
  if ('comparison' in term) return matchesFail(task, term);
  if ('time' in term) {
    if (task.createTime === null) return false;
    const bound = resolveTime(term.time, context);
    return term.field === 'since' ? task.createTime >= bound : task.createTime < bound;
  }
  return carries(task, term) !== term.not;
}

function carries(task: Task, { field, values }: ValueTerm): boolean {
  const carried = valuesOf(task, field);
  if (!isNameField(field)) return values.some((value) => carried.includes(value));
  return values.some((value) => carried.some((name) => name !== null && sameName(name, value)));
}

function matchesFail(task: Task, term: FailTerm): boolean {
  const failed = failedDevices(task.tally);
  if (failed === null) return false;
  if (term.unit === 'devices') return term.comparison === '>' ? failed > term.amount : failed >= term.amount;
  const total = task.tally.total;
  if (total === null || total <= 0) return false;
  // Multiplied out: floating-point shares would miss boundaries such as 5% of 60.
  const share = failed * 100;
  const bound = term.amount * total;
  return term.comparison === '>' ? share > bound : share >= bound;
}

function valuesOf(task: Task, field: ValueTerm['field']): readonly (string | null)[] {
  switch (field) {
    case 'status':
      return [task.status];
    case 'type':
      return [task.type];
    case 'task':
      return [task.operationId];
    case 'devicetype':
      return [task.targets.deviceType];
    case 'model':
      return [task.targets.model];
    case 'manufacturer':
      return [task.targets.manufacturerName];
    case 'device':
      return task.targets.devices;
    case 'group':
      return task.targets.deviceGroups;
  }
}
