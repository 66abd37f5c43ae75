import { parseArgs } from 'node:util';
import { runPage } from './demo/run-page.ts';
import { runScript } from './demo/run-script.ts';

const { values } = parseArgs({
  options: {
    /** An unattended run in the terminal instead of the page. */
    script: { type: 'boolean', default: false },
    /** Where the page is served; any free port by default. */
    port: { type: 'string', default: '0' },
  },
});

const write = (line: string) => console.log(line);
if (values.script) await runScript(write);
else {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
  await runPage(write, interrupted.signal, Number(values.port));
}
