import type { DeviceDetail, Trouble } from '../core/answer.ts';
import { MAX_PAGE_SIZE } from '../core/filter/filter.ts';
import type { Device } from '../core/task.ts';
import { DeviceNotFoundError } from '../platform/errors/device-not-found-error.ts';
import { askList } from './ask-list.ts';
import { askLive, type Live } from './live.ts';
import type { AskParts } from './parts.ts';
import { troubleOf } from './trouble.ts';

/** A device as the platform shows it, and the tasks aimed at it; each part is shown even when the other is missing. */
export async function askDevice(parts: AskParts, deviceId: string, zone: string): Promise<DeviceDetail> {
  const [device, tasks] = await Promise.all([
    readDevice(parts, deviceId),
    askList(
      parts,
      {
        terms: [{ field: 'device', values: [deviceId], not: false }],
        sort: null,
        page: 1,
        size: MAX_PAGE_SIZE,
        private: false,
      },
      zone,
    ),
  ]);
  const newestFirst = tasks.tasks.toSorted((one, other) => (other.createTime ?? 0) - (one.createTime ?? 0));
  return { deviceId, ...device, tasks: { ...tasks, tasks: newestFirst } };
}

async function readDevice(
  { platform }: AskParts,
  deviceId: string,
): Promise<{ readonly device: Device | null; readonly trouble: Trouble | null; readonly known: boolean }> {
  try {
    const live: Live<Device> = await askLive(
      (signal) => platform.getDevice(deviceId, { priority: 'interactive', signal }),
      (error) => error instanceof DeviceNotFoundError,
    );
    if (live.kind === 'answer') return { device: live.result, trouble: null, known: true };
    return { device: null, trouble: live.because, known: true };
  } catch (error) {
    if (!(error instanceof DeviceNotFoundError)) throw error;
    return { device: null, trouble: troubleOf(error), known: false };
  }
}
