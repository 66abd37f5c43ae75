import { isSafeId } from '../task/ids.ts';

/** Shorter words are hardly ever ids. */
const SHORTEST = 6;

/** Links in mrkdwn and in Markdown; only their label is searched. */
const LINKS = [/<[a-z][a-z0-9+.-]*:[^<>|]*\|([^<>]*)>/gi, /\[([^[\]]*)\]\([^()\s]*\)/g];
/** Other Slack markup: people, channels, dates, links without a label. */
const MARKS = /<[^<>]*>/g;
/** Web and email addresses. */
const ADDRESS = /@|:\/\/|^\W*www\./i;

const WORDS_ALIKE = [
  // Numbers and versions: 100000, 1.2.3, v2.0.1, 10.0.0.1:8080.
  /^v?\d+([.:_-]\d+)*$/i,
  // Dates and times: 2024-03-11, 2024-03-11T06:05:02Z, 20240311T060502Z.
  /^\d{4}-?\d{2}-?\d{2}(T[\d:.]+Z?)?$/i,
  // Durations and sizes: 6h30min, 1024kB.
  /^(\d+(d|h|min|m|s|ms|kb|mb|gb))+$/i,
  // Words with a count: FIRING:1, status:503.
  /^[a-z]+:\d{1,5}$/i,
];

/** A label that programs put before an id without a space: `deviceId:4f1a22bc`. */
const LABEL = /^(?:device|task|operation)(?:[._-]?id)?:(?=.)/i;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Possible ids in texts written by people or programs, each once, in reading order: words of at least six
 * characters with a digit that are not numbers, dates or addresses. Not all of them need to exist; a lookup
 * decides.
 */
export function findIds(texts: readonly string[]): readonly string[] {
  const found = texts.flatMap((text) =>
    LINKS.reduce((rest, link) => rest.replaceAll(link, ' $1 '), text)
      .replaceAll(MARKS, ' ')
      .split(/[\s<>]+/)
      .filter((chunk) => !ADDRESS.test(chunk))
      .flatMap((chunk) => chunk.split(/[^A-Za-z0-9._:-]+/))
      .map((word) =>
        word
          .replace(LABEL, '')
          .replace(/^[.:_-]+/, '')
          .replace(/(?<![.:_-])[.:_-]+$/, ''),
      ),
  );
  return [...new Set(found.filter(looksLikeId))];
}

function looksLikeId(word: string): boolean {
  if (word.length < SHORTEST || !/\d/.test(word) || !isSafeId(word)) return false;
  return UUID.test(word) || !WORDS_ALIKE.some((pattern) => pattern.test(word));
}
