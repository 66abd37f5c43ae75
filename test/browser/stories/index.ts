import type { Story } from '../harness/story.ts';
import { asking } from './asking.ts';
import { looking } from './looking.ts';
import { watching } from './watching.ts';

export const STORIES: readonly Story[] = [...asking, ...watching, ...looking];
