import type { Generated, Insertable, Selectable } from 'kysely';

/** Times are milliseconds since 1970 everywhere; `0 | 1` stands for false and true, so that both engines agree. */
export interface Schema {
  task: TaskTable;
  task_body: TaskBodyTable;
  task_target: TaskTargetTable;
  known_name: KnownNameTable;
  sight: SightTable;
  change: ChangeTable;
  subscription: SubscriptionTable;
  message: MessageTable;
  thread: ThreadTable;
  notice: NoticeTable;
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
  wait: number | null;
  processing: number | null;
  success: number | null;
  fail: number | null;
  stop: number | null;
  timeout: number | null;
  failed_devices: number | null;
  first_seen_at: number;
  seen_at: number;
  moved_at: number;
  /** Raised alarms as JSON. */
  alarms: string;
  vanished_at: number | null;
}

/**
 * The mirror's other half: as JSON, what seldom differs between two sights of a task. Status, times and counters stand in
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
export interface SightTable {
  operation_id: string;
  at: number;
  status: string;
  /** The counters (tally-text.ts). */
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
  /** Whom its notices call, as JSON. */
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

/** A message of ours that is edited as its tasks move. */
export interface MessageTable {
  id: string;
  channel: string;
  kind: 'task' | 'summary' | 'blind';
  /** Slack's name of the message; null until it is known to be there. */
  ts: string | null;
  /** Fingerprint of what it shows, so that an unchanged rendering is not sent. */
  shown: string | null;
  /** Counts how often its tasks moved; an edit is due while `shown_version` is behind, whatever crashed in between. */
  wanted_version: number;
  shown_version: number;
  edited_at: number | null;
}

/**
 * `held`: by quiet hours or a mute; `suspended`: its channel is closed to us. Settled are `sent`; `merged`: another notice
 * tells it; `refused`: Slack takes it in no form; `expired`: its channel stayed closed too long; `withdrawn`: the channel
 * unsubscribed before it was told, or muted the task until its end.
 */
export type NoticeState =
  | 'pending'
  | 'sending'
  | 'sent'
  | 'held'
  | 'suspended'
  | 'merged'
  | 'refused'
  | 'expired'
  | 'withdrawn';

/** Which message speaks of a task in a channel; it is the root of the task's thread there. */
export interface ThreadTable {
  channel: string;
  operation_id: string;
  message_id: string;
}

/** The outbox: what is to be told, in order, and what became of it. */
export interface NoticeTable {
  seq: Generated<number>;
  /** Travels in the message's metadata, so that Slack can be asked whether it arrived. */
  id: string;
  channel: string;
  place: 'root' | 'reply' | 'note';
  kind: string;
  operation_id: string | null;
  /** The root it creates or replies under; null for a note. */
  message_id: string | null;
  broadcast: 0 | 1;
  /** What the text is made of, as JSON. */
  content: string;
  happened_at: number;
  noticed_at: number;
  state: NoticeState;
  /** Why it was held back, while it is and after: its text says so. */
  held: 'quiet' | 'muted' | 'suspended' | null;
  attempts: number;
  /** By Slack's clock as far as known, since messages in Slack are looked for by it. */
  attempted_at: number | null;
  /** Not before this moment. */
  due_at: number;
  /** Since when it waits for that; null: it does not. */
  waits_since: number | null;
  /** 1 once it may be in the channel already, because an answer was lost and could not be looked up. */
  doubtful: 0 | 1;
  sent_at: number | null;
  ts: string | null;
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

/** What a channel was or was not told of a change, and why. */
export interface DecisionTable {
  channel: string;
  operation_id: string;
  kind: string;
  at: number;
  noticed_at: number;
  reason: string;
  /** The notice that tells it; null: none does. */
  notice_id: string | null;
  /** Rises in the order of writing. */
  rowid: Generated<number>;
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
export type NoticeRow = Selectable<NoticeTable>;
export type NewNotice = Insertable<NoticeTable>;
export type MessageRow = Selectable<MessageTable>;
