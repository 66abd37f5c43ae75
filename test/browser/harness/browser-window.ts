import { join } from 'node:path';
import type { Browser, BrowserContextOptions, ConsoleMessage, Locator, Page } from 'playwright-core';

/** A safety net; what is waited for comes within a second or two on an idle machine. */
const LIMIT_MS = 15_000;

/** One person's browser window, used by what can be read in it and by keys. */
export class BrowserWindow {
  readonly page: Page;
  /** Everything the browser complained of. */
  readonly complaints: string[] = [];
  readonly #name: string;
  readonly #folder: string;
  #shots = 0;

  private constructor(page: Page, name: string, folder: string) {
    this.page = page;
    this.#name = name;
    this.#folder = folder;
    page.setDefaultTimeout(LIMIT_MS);
    page.on('console', (message) => this.#listen(message));
    page.on('pageerror', (error) => this.complaints.push(`uncaught: ${error.message}`));
    page.on('requestfailed', (request) => {
      const failure = request.failure()?.errorText ?? '';
      // A window that is closed or reloaded lets go of its events.
      if (!failure.includes('ERR_ABORTED')) this.complaints.push(`${request.url()}: ${failure}`);
    });
  }

  static async open(
    browser: Browser,
    url: string,
    shots: { readonly folder: string; readonly name: string },
    look: BrowserContextOptions = {},
  ): Promise<BrowserWindow> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      colorScheme: 'light',
      locale: 'en-GB',
      reducedMotion: 'reduce',
      ...look,
    });
    const window = new BrowserWindow(await context.newPage(), shots.name, shots.folder);
    await window.page.goto(url);
    await window.composer().waitFor();
    return window;
  }

  get panel(): Locator {
    return this.page.getByRole('region', { name: 'Control panel' });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  get thread(): Locator {
    return this.page.getByRole('complementary', { name: 'Thread' });
  }

  /** Where one types into the channel. */
  composer(): Locator {
    return this.page.getByRole('main').getByRole('textbox', { name: /^Message/ });
  }

  /** Types a line and sends it with Enter. */
  async type(line: string): Promise<void> {
    await this.composer().fill(line);
    await this.composer().press('Enter');
  }

  /** The newest message of the channel in which all of this can be read. */
  message(...says: readonly (string | RegExp)[]): Locator {
    const all = this.page.getByRole('main').getByRole('article');
    return says.reduce((found, hasText) => found.filter({ hasText }), all).last();
  }

  /** Types a line and waits for the message it brings. */
  async ask(line: string, ...says: readonly (string | RegExp)[]): Promise<Locator> {
    await this.type(line);
    const answer = this.message(...says);
    await answer.waitFor();
    return answer;
  }

  /** Follows the link of a channel; behind its name may stand what is unread. */
  async go(channel: string): Promise<void> {
    const name = new RegExp(`^${channel}\\b`);
    await this.page.getByRole('navigation').getByRole('link', { name }).click();
  }

  /** From now on somebody else sits before this window. */
  async become(realName: string): Promise<void> {
    const choice = this.page.getByRole('combobox', { name: 'Acting as' });
    const option = choice.locator('option', { hasText: realName });
    await choice.selectOption(await option.evaluate((one: { value: string }) => one.value));
  }

  async screenshot(what: string): Promise<void> {
    this.#shots += 1;
    await this.page.screenshot({ path: join(this.#folder, `${this.#name}-${this.#shots}-${what}.png`) });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  #listen(message: ConsoleMessage): void {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    this.complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  }
}
