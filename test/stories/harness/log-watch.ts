/** One line of the bot's log. */
export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [member: string]: unknown;
}

/** Collects what the bot logs, and knows which complaints a story expects. */
export class LogWatch {
  readonly lines: LogLine[] = [];
  /** Everything as it was written, for the search for secrets. */
  raw = '';
  #rest = '';
  readonly #expected: RegExp[] = [];
  readonly #listeners = new Set<() => void>();

  /** Takes up what the bot wrote; a line may come in pieces. */
  write(chunk: string): void {
    this.raw += chunk;
    const parts = (this.#rest + chunk).split('\n');
    this.#rest = parts.pop() ?? '';
    for (const part of parts.filter((one) => one.trim() !== '')) this.lines.push(parsed(part));
    for (const listener of [...this.#listeners]) listener();
  }

  /** From now on a line of level error like this is part of the story; one has to come. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** Resolves with the first line for which `look` holds, past or to come. */
  until(look: (line: LogLine) => boolean, what: string, timeoutMs = 60_000): Promise<LogLine> {
    return new Promise((resolve, reject) => {
      const ask = () => {
        const found = this.lines.find(look);
        if (!found) return;
        clearTimeout(limit);
        this.#listeners.delete(ask);
        resolve(found);
      };
      const limit = setTimeout(() => {
        this.#listeners.delete(ask);
        reject(new Error(`the log did not say ${what} within ${timeoutMs} ms\n${this.raw}`));
      }, timeoutMs);
      this.#listeners.add(ask);
      ask();
    });
  }

  /** What is wrong with the log at the end of a story. */
  complaints(): readonly string[] {
    const texts = this.lines.map((line) => JSON.stringify(line));
    const bad = this.lines.filter(({ level }) => level === 'error' || level === 'fatal');
    const unexpected = bad
      .map((line) => JSON.stringify(line))
      .filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
    const missing = this.#expected.filter((pattern) => !texts.some((text) => pattern.test(text)));
    return [
      ...unexpected.map((text) => `logged, and not part of the story: ${text}`),
      ...missing.map((pattern) => `not logged: ${pattern}`),
    ];
  }
}

function parsed(text: string): LogLine {
  try {
    const value: unknown = JSON.parse(text);
    // Pino writes one object a line; whatever else comes is kept as a complaint.
    if (typeof value === 'object' && value !== null) return { level: '?', msg: '', ...value };
  } catch {
    // Not JSON: below.
  }
  return { level: 'error', msg: `no line of the log: ${text}` };
}
