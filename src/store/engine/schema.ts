import type { Generated, Selectable } from 'kysely';
import type { DecisionTable, MessageTable, NotificationTable, ThreadTable } from './outbox-schema.ts';

/** Times are milliseconds since 1970 everywhere; `0 | 1` stands for false and true, so that both engines agree. */
export interface Schema {
  task: TaskTable;
  task_body: TaskBodyTable;
  task_target: TaskTargetTable;
  known_name: KnownNameTable;
  snapshot: SnapshotTable;
  change: ChangeTable;
  subscription: SubscriptionTable;
  message: MessageTable;
  thread: ThreadTable;
  notification: NotificationTable;
  watch_state: WatchStateTable;
  platform_call: PlatformCallTable;
  device_result: DeviceResultTable;
  device_reading: DeviceReadingTable;
  seen_event: SeenEventTable;
  channel_hours: ChannelHoursTable;
  mute: MuteTable;
  acknowledgement: AcknowledgementTable;
  decision: DecisionTable;
  installation: InstallationTable;
  channel_team: ChannelTeamTable;
  lease: LeaseTable;
}

/** The mirror: what every task ever seen is found and sorted by. Narrow, so that a scan of all of them is quick. */
export interface TaskTable {
  operation_id: string;
  type: string;
  status: string;
  active: 0 | 1;
  create_time: number | null;
  start_time: number | null;
  stop_time: number | null;
  device_type: string | null;
  model: string | null;
  manufacturer_name: string | null;
  total: number | null;
  waiting: number | null;
  running: number | null;
  succeeded: number | null;
  failed: number | null;
  stopped: number | null;
  timed_out: number | null;
  failed_devices: number | null;
  first_seen_at: number;
  seen_at: number;
  moved_at: number;
  /** Raised alarms as JSON. */
  alarms: string;
  vanished_at: number | null;
}

/**
 * The mirror's other half: as JSON, what seldom differs between two snapshots of a task. Status, times and counters stand in
 * the narrow table alone, so that a task that moves costs a few numbers.
 */
export interface TaskBodyTable {
  operation_id: string;
  task: string;
}

/** Devices and groups a task is aimed at, one row each, to be found by. */
export interface TaskTargetTable {
  operation_id: string;
  kind: 'device' | 'group';
  value: string;
}

/** Every name some task was ever seen with, in the platform's spelling. */
export interface KnownNameTable {
  field: 'devicetype' | 'model' | 'manufacturer' | 'group';
  value: string;
  /** As names are compared. */
  folded: string;
}

/** Status and counters when they moved: the history the platform does not keep. Thinned as it grows. */
export interface SnapshotTable {
  operation_id: string;
  at: number;
  status: string;
  /** The counters (task-rows.ts). */
  tally: string;
  /** How long nothing had moved before, in milliseconds; null for the first line of a task. */
  stood: number | null;
}

export interface ChangeTable {
  id: string;
  operation_id: string;
  kind: string;
  at: number;
  noticed_at: number;
  /** Rises in the order of writing. */
  rowid: Generated<number>;
}

export interface SubscriptionTable {
  id: string;
  channel: string;
  /** The filter in normal form; empty lets everything through. */
  filter: string;
  /** Kinds of change, joined by commas. */
  kinds: string;
  /** Whom its notifications call, as JSON. */
  mentions: string;
  /** Thresholds of its own, as JSON. */
  thresholds: string;
  /** Whether other organisations its channel is shared with may read what is told. */
  external: 0 | 1;
  created_by: string | null;
  created_at: number;
  suspended_at: number | null;
  suspended_reason: string | null;
}

export interface WatchStateTable {
  name: string;
  value: string;
}

/** The platform calls of the last minute: the budget survives a restart. */
export interface PlatformCallTable {
  at: number;
  priority: string;
  /** Null: nobody in particular. */
  person: string | null;
}

/** What one task did to one device, as last read from its sub-operations. */
export interface DeviceResultTable {
  device_id: string;
  operation_id: string;
  status: string;
  /** The whole result as JSON. */
  result: string;
  seen_at: number;
}

/** When the device results of a task were read to the end. */
export interface DeviceReadingTable {
  operation_id: string;
  failed_read_at: number | null;
  all_read_at: number | null;
}

/** Slack's events of the last day: each is delivered until it is acknowledged, and answered once. */
export interface SeenEventTable {
  event_id: string;
  at: number;
}

/** When a channel wants to be left alone, and to be told of its day. Minutes since midnight in its zone. */
export interface ChannelHoursTable {
  channel: string;
  quiet_from: number | null;
  quiet_until: number | null;
  digest_at: number | null;
  zone: string;
  /** The local day whose digest was told last. */
  digest_day: string | null;
}

/** Tasks a channel wants to hear nothing of; `until` null lasts until the task ends. */
export interface MuteTable {
  channel: string;
  operation_id: string;
  until: number | null;
  muted_by: string;
  muted_at: number;
}

/** Who looks after a task's trouble, as far as a channel was told. */
export interface AcknowledgementTable {
  channel: string;
  operation_id: string;
  acknowledged_by: string;
  acknowledged_at: number;
}

/** What one process at a time may do, who does it, and until when by the database's clock. */
export interface LeaseTable {
  name: string;
  holder: string;
  until: number;
}

/** Workspaces (`T…`) and organisations (`E…`) that installed the app; everything about it is encrypted. */
export interface InstallationTable {
  id: string;
  sealed: string;
  installed_at: number;
}

/** The workspace a channel is told for: the id of its installation. */
export interface ChannelTeamTable {
  channel: string;
  team: string;
}

export type TaskRow = Selectable<TaskTable & TaskBodyTable>;
