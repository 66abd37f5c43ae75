/** The kind of metadata under which a notification's id travels. It says nothing but the id: other apps can read it. */
const NOTIFICATION_EVENT = 'upgrade_notification';

/** Metadata that names the notification, so that the channel's history can tell whether it arrived. */
export function notificationMetadata(id: string) {
  return { event_type: NOTIFICATION_EVENT, event_payload: { id } };
}

/** The notification a message of the history carries, or null. */
export function notificationIdOf(message: { readonly metadata?: unknown }): string | null {
  const { metadata } = message;
  if (typeof metadata !== 'object' || metadata === null) return null;
  const payload: unknown = Reflect.get(metadata, 'event_payload');
  if (
    Reflect.get(metadata, 'event_type') !== NOTIFICATION_EVENT ||
    typeof payload !== 'object' ||
    payload === null
  )
    return null;
  const id: unknown = Reflect.get(payload, 'id');
  return typeof id === 'string' ? id : null;
}
