/** The kind of metadata under which a notice's id travels. It says nothing but the id: other apps can read it. */
const NOTICE_EVENT = 'upgrade_notice';

/** Metadata that names the notice, so that the channel's history can tell whether it arrived. */
export function noticeMetadata(id: string) {
  return { event_type: NOTICE_EVENT, event_payload: { id } };
}

/** The notice a message of the history carries, or null. */
export function noticeIdOf(message: { readonly metadata?: unknown }): string | null {
  const { metadata } = message;
  if (typeof metadata !== 'object' || metadata === null) return null;
  const payload: unknown = Reflect.get(metadata, 'event_payload');
  if (Reflect.get(metadata, 'event_type') !== NOTICE_EVENT || typeof payload !== 'object' || payload === null)
    return null;
  const id: unknown = Reflect.get(payload, 'id');
  return typeof id === 'string' ? id : null;
}
