import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { errorFields } from '../../../lib/operational-error.ts';
import type { SlackParts } from '../../app/parts.ts';

type Sharing = SlackEventMiddlewareArgs<'channel_shared' | 'channel_unshared'>;

/**
 * A channel was shared with another organisation, or unshared: its notifications may have to stop or resume.
 */
export function channelSharing({
  sharedChannels,
  onSharing,
  inFlight,
  log,
}: Pick<SlackParts, 'sharedChannels' | 'onSharing' | 'inFlight' | 'log'>) {
  return async ({ event }: Sharing & AllMiddlewareArgs): Promise<void> => {
    const { type, channel } = event;
    const shared = event.type === 'channel_shared' || event.is_ext_shared;
    const fields = { listener: 'event', event: type, channel, shared };
    sharedChannels.forget(channel);
    await inFlight
      .track(onSharing(channel, shared))
      .then(() => log.info(fields, 'heard'))
      .catch((error: unknown) => log.error({ ...fields, ...errorFields(error) }, 'not heeded'));
  };
}
