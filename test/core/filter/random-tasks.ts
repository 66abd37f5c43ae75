import type { Task } from '../../../src/core/task/task.ts';
import fc from '../../properties.ts';
import { aTask, HOUR, NOON } from '../tasks.ts';

const few = <Word extends string>(...words: readonly Word[]) => fc.constantFrom(...words);
const counter = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 30 }));

/** Tasks out of few words, so that filters hit and miss about equally often. */
export const anyTask: fc.Arbitrary<Task> = fc
  .record({
    operationId: few('a', 'b', 'c'),
    type: few('firmware', 'software', 'unknown'),
    status: few('waiting', 'running', 'failed', 'succeeded', 'stopped', 'unknown'),
    createTime: fc.oneof(
      fc.constant(null),
      fc.integer({ min: -5, max: 1 }).map((hours) => NOON + hours * HOUR),
    ),
    devices: fc.subarray(['a', 'b', 'c']),
    deviceGroups: fc.subarray(['a', 'b', 'c']),
    deviceType: fc.oneof(fc.constant(null), few('a', 'b')),
    model: fc.oneof(fc.constant(null), few('a', 'b', 'A')),
    manufacturerName: fc.oneof(fc.constant(null), few('a', 'b')),
    tally: fc.record({ total: counter, failed: counter, timedOut: counter, succeeded: counter }),
  })
  .map(({ operationId, type, status, createTime, tally, ...targets }) =>
    aTask({ operationId, type, status, createTime, tally, targets }),
  );

/** Lines out of the same words. */
export const anyWord = fc.oneof(
  few('failed', 'running', 'active', 'stopped,failed', '-success', '-active', 'fw', 'sw', '-fw', 'fw,sw'),
  few('devicetype:a', 'model:a', 'model:a,b', '-model:a', 'vendor:a', 'device:a', 'device:a,b', '-device:c'),
  few('group:a', '-group:b,c', 'task:a', 'task:a,b', '-task:c'),
  few('since:2h', 'before:1h', 'since:2024-03-11T09:00Z', 'before:2024-03-11T11:00', 'since:2024-03-11'),
  few('fail>0', 'fail>=10', 'fail>50%', 'fail>=20%', 'fail>0%', 'fail>=0'),
);
