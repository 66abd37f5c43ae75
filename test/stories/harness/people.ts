import type { CommandAct, PressAct } from '../../../sandbox/workspace/people/acts.ts';
import type { Acknowledgement } from '../../../sandbox/workspace/types.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import type { Claims, Seen } from './claims.ts';
import { OPS } from './environment.ts';

/** What somebody got to read after asking or pressing. */
export interface Answer extends Seen {
  readonly ack: Acknowledgement;
  /** `everyone`, or the name of the only reader. */
  readonly to: string;
}

/** The people of the workspace. Remembers what Slack handed out for them, none of which may reach the log. */
export class People {
  readonly handedOut: string[] = [];
  readonly #workspace: Workspace;
  readonly #claims: Claims;

  constructor(workspace: Workspace, claims: Claims) {
    this.#workspace = workspace;
    this.#claims = claims;
  }

  /** Types `/upgrades …` and waits for what comes of it. */
  async ask(user: string, text: string, channel = OPS): Promise<Answer> {
    const ack = await this.command({ user, channel, text });
    return await this.answer(ack);
  }

  async command(act: CommandAct): Promise<Acknowledgement> {
    return this.#remember(await this.#workspace.command(act));
  }

  /** Presses a button under a message and waits for what comes of it. */
  async press(
    user: string,
    on: Seen,
    button: Pick<PressAct, 'label' | 'actionId' | 'value' | 'selected'>,
  ): Promise<Answer> {
    return await this.answer(await this.pressOnly(user, on, button));
  }

  async pressOnly(
    user: string,
    { post }: Seen,
    button: Pick<PressAct, 'label' | 'actionId' | 'value' | 'selected'>,
  ): Promise<Acknowledgement> {
    const place =
      post.user === null ? { channel: post.channel, messageTs: post.ts } : { ephemeralId: post.ts };
    return this.#remember(await this.#workspace.press({ user, ...place, ...button }));
  }

  /** Presses a button that opens a modal, and waits until it says this. Returns what it says. */
  async open(user: string, on: Seen, label: string, says: string): Promise<string> {
    await this.pressOnly(user, on, { label });
    return await this.#workspace.until(
      (seen) => {
        const modal = seen.modal(user);
        const text = modal ? seen.plainView(modal.view) : '';
        return text.includes(says) ? text : null;
      },
      { what: `a modal of ${user} that says ${says}` },
    );
  }

  /** Waits for the answer to what was acknowledged. */
  async answer(ack: Acknowledgement): Promise<Answer> {
    if (ack.status !== 200) throw new Error(`not acknowledged: ${ack.status} ${ack.error} ${ack.body}`);
    const seen = await this.#claims.next({ kind: 'response' }, 20_000);
    const { user } = seen.post;
    return { ...seen, ack, to: user === null ? 'everyone' : this.#workspace.person(user).name };
  }

  #remember(ack: Acknowledgement): Acknowledgement {
    if (ack.responseUrl !== null) this.handedOut.push(ack.responseUrl);
    if (ack.triggerId !== null) this.handedOut.push(ack.triggerId);
    return ack;
  }
}
