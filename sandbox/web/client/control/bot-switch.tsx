import type { ControlAct, ControlState } from '../../contract.ts';

interface BotSwitchProps {
  readonly bot: ControlState['bot'];
  readonly run: (deed: ControlAct) => void;
}

const WORDS = { starting: 'starting…', running: 'running', killed: 'killed' } as const;

/** The bot's process: killed without a word, and started again on the same store. */
export function BotSwitch({ bot, run }: BotSwitchProps) {
  const restarts = bot.starts - 1;
  return (
    <section aria-labelledby="bot-head">
      <h3 id="bot-head">The bot</h3>
      <div className="row spread">
        <span role="status" className={`state ${bot.state}`}>
          {WORDS[bot.state]}
          {bot.pid !== null && <span className="muted"> · pid {bot.pid}</span>}
          {restarts > 0 && (
            <span className="muted"> · restarted {restarts === 1 ? 'once' : `${restarts} times`}</span>
          )}
        </span>
        {bot.state === 'killed' ? (
          <button type="button" className="button small primary" onClick={() => run({ kind: 'start-bot' })}>
            Start the bot
          </button>
        ) : (
          <button type="button" className="button small danger" onClick={() => run({ kind: 'kill-bot' })}>
            Kill the bot
          </button>
        )}
      </div>
    </section>
  );
}
