import type { Generated, Selectable } from 'kysely';
import type { DecisionTable, MessageTable, NotificationTable, ThreadTable } from './outbox-schema.ts';

/** Times are milliseconds since 1970 everywhere. Booleans are `0 | 1`, so that both engines agree. */
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

/** The mirror: columns for finding and sorting every task ever seen. Narrow, so that a full scan is fast. */
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
 * The mirror's other half, as JSON: what rarely changes between two snapshots. Status, times and counters are
 * in the narrow table only, so that a task that moves costs a few numbers.
 */
export interface TaskBodyTable {
  operation_id: string;
  task: string;
}

/** Devices and groups that a task targets, one row each, for lookup. */
export interface TaskTargetTable {
  operation_id: string;
  kind: 'device' | 'group';
  value: string;
}

/** Every name ever seen in a task, in the platform's spelling. */
export interface KnownNameTable {
  field: 'devicetype' | 'model' | 'manufacturer' | 'group';
  value: string;
  /** The name as `fold` (core/filter/fold.ts) normalises it for comparison. */
  folded: string;
}

/** Status and counters whenever they moved: the history the platform does not keep. Thinned as it grows. */
export interface SnapshotTable {
  operation_id: string;
  at: number;
  status: string;
  /** The counters as text (task-rows.ts). */
  tally: string;
  /** Milliseconds since the previous move; null for a task's first snapshot. */
  stood: number | null;
}

export interface ChangeTable {
  id: string;
  operation_id: string;
  kind: string;
  at: number;
  noticed_at: number;
  /** Increases in order of writing. */
  rowid: Generated<number>;
}

export interface SubscriptionTable {
  id: string;
  channel: string;
  /** The filter in normal form; empty matches everything. */
  filter: string;
  /** Kinds of change, separated by commas. */
  kinds: string;
  /** Whom its notifications mention, as JSON. */
  mentions: string;
  /** Its own thresholds, as JSON. */
  thresholds: string;
  /** Whether other organisations that share the channel may read its notifications. */
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

/** Platform calls of the last minute, so that the budget survives a restart. */
export interface PlatformCallTable {
  at: number;
  priority: string;
  /** Null if made for nobody in particular. */
  person: string | null;
}

/** A task's result on one device, as last read from its sub-operations. */
export interface DeviceResultTable {
  device_id: string;
  operation_id: string;
  status: string;
  /** The whole result as JSON. */
  result: string;
  seen_at: number;
}

/** When a task's device results were last read to the end. */
export interface DeviceReadingTable {
  operation_id: string;
  failed_read_at: number | null;
  all_read_at: number | null;
}

/** Slack events of the last day. Slack redelivers an event until it is acknowledged; we answer it once. */
export interface SeenEventTable {
  event_id: string;
  at: number;
}

/** A channel's quiet hours and digest time, in minutes since midnight in its zone. */
export interface ChannelHoursTable {
  channel: string;
  quiet_from: number | null;
  quiet_until: number | null;
  digest_at: number | null;
  zone: string;
  /** The local day of the last digest. */
  digest_day: string | null;
}

/** Tasks muted in a channel; `until` null lasts until the task ends. */
export interface MuteTable {
  channel: string;
  operation_id: string;
  until: number | null;
  muted_by: string;
  muted_at: number;
}

/** Who acknowledged a task in a channel. */
export interface AcknowledgementTable {
  channel: string;
  operation_id: string;
  acknowledged_by: string;
  acknowledged_at: number;
}

/** Work that one process at a time may do, who holds it, and until when by the database's clock. */
export interface LeaseTable {
  name: string;
  holder: string;
  until: number;
}

/** Workspaces (`T…`) and organisations (`E…`) that installed the app. The installation itself is encrypted. */
export interface InstallationTable {
  id: string;
  sealed: string;
  installed_at: number;
}

/** The workspace whose installation serves a channel, by its id. */
export interface ChannelTeamTable {
  channel: string;
  team: string;
}

export type TaskRow = Selectable<TaskTable & TaskBodyTable>;
