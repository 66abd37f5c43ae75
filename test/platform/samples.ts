/** A task as the platform writes it, with changes. */
export function task(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    operationId: 'op-7f3c21a0',
    operateType: 'firmware_upgrade',
    status: 'processing',
    createTime: '20240311T060502Z',
    startTime: '20240311T060510Z',
    stopTime: null,
    targets: {
      deviceGroups: ['meters-north'],
      deviceType: 'WaterMeter',
      model: 'WM20',
      manufacturerName: 'ExampleCo',
      devices: null,
    },
    policy: {
      executeType: 'device_online',
      startTime: null,
      endTime: null,
      retryType: true,
      retryTimes: 3,
    },
    staResult: { total: 120, wait: 41, processing: 9, success: 66, fail: 3, stop: 0, timeout: 1 },
    extendPara: { fileId: 'file-1' },
    ...changes,
  };
}
