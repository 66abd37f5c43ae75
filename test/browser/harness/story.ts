import type { BrowserContextOptions } from 'playwright-core';
import type { BrowserWindow } from './browser-window.ts';
import type { Stage } from './stage.ts';

/** What a story has at hand. */
export interface Props {
  readonly stage: Stage;
  /** Opens a window; by default on the first channel, as the first person, wide and light. */
  readonly open: (look?: BrowserContextOptions) => Promise<BrowserWindow>;
}

/** A test that reads as a story. Whatever the browser complains of fails it, and whatever is beyond Slack's limits. */
export interface Story {
  readonly name: string;
  /** The bot is to send something Slack would not take. */
  readonly beyondLimits?: boolean;
  /** The browser may complain of this. */
  readonly complaints?: RegExp;
  readonly tell: (props: Props) => Promise<void>;
}
