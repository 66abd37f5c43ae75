import type { Acknowledgement } from '../../../workspace/types.ts';
import type { Workspace } from '../../../workspace/workspace.ts';
import type { Act } from '../../contract.ts';
import type { ControlPanel } from '../control/control-panel.ts';

type PersonsAct = Exclude<Act, { act: 'control' }>;

/** Carries out an act. Returns null when it went well, else the sentence the person reads. */
export async function doAct(workspace: Workspace, panel: ControlPanel, act: Act): Promise<string | null> {
  try {
    if (act.act === 'control') {
      panel.do(act.control);
      return null;
    }
    return complaintOf(act, await asPerson(workspace, act));
  } catch (error) {
    // The workspace explains in its errors what there is instead of what was asked for.
    return error instanceof Error ? error.message : String(error);
  }
}

function asPerson(workspace: Workspace, act: PersonsAct): Promise<Acknowledgement | null> {
  switch (act.act) {
    case 'command':
      return workspace.command(act);
    case 'press':
      return workspace.press(act);
    case 'press-in-view':
      return workspace.pressInView(act);
    case 'submit-view':
      return workspace.submitView(act);
    case 'close-view':
      return workspace.closeView(act);
    case 'say':
      return say(workspace, act);
    case 'shortcut':
      return workspace.shortcut(act);
    case 'message-shortcut':
      return workspace.messageShortcut(act);
    case 'open-home':
      return workspace.openHome(act.user);
  }
}

async function say(
  workspace: Workspace,
  { user, channel, text, mention, threadTs }: Extract<Act, { act: 'say' }>,
): Promise<Acknowledgement | null> {
  if (workspace.channelInfo(channel).kind === 'im') return workspace.directMessage({ user, text });
  const place = { user, channel, ...(threadTs === undefined ? {} : { threadTs }) };
  if (mention === false) {
    await workspace.write({ ...place, text });
    return null;
  }
  return workspace.mention({ ...place, text: text.replace(/^\s*(@upgrades\b|<@[A-Z0-9]+>)\s*/i, '') });
}

/** What Slack tells a person whose act the bot did not acknowledge. Events have no such words: nobody sees them fail. */
function complaintOf(act: PersonsAct, ack: Acknowledgement | null): string | null {
  if (ack === null || ack.status === 200) return null;
  const what = act.act === 'command' ? `${act.command ?? '/upgrades'}` : 'That';
  const why = ack.error ?? `http_service_error ${ack.status}`;
  const advice =
    ack.error === 'dispatch_failed'
      ? ' The bot is not running; it comes back within a few seconds.'
      : ' The bot did not acknowledge it in time.';
  return `${what} failed with the error “${why}”.${ack.error === null ? '' : advice}`;
}
