/** Event type of the metadata that carries a notification's id, and only the id: other apps can read it. */
const NOTIFICATION_EVENT = 'upgrade_notification';

/** Metadata with the notification's id, so that the channel's history shows whether it arrived. */
export function notificationMetadata(id: string) {
  return { event_type: NOTIFICATION_EVENT, event_payload: { id } };
}

/** The notification id that a message in the history carries, or null. */
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
