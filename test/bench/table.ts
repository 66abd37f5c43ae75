import type { Row } from './row.ts';

const HEADS = ['what', 'figure', 'floor, same run', 'ratio', 'promise', 'verdict'] as const;

/** The figures as a table for the terminal, or in Markdown. */
export function printTable(rows: readonly Row[], markdown: boolean): string {
  const lines = rows.map(({ what, figure, floor, ratio, promise, verdict }) => [
    what,
    figure,
    floor ?? '',
    ratio === null ? '' : ratio.toFixed(ratio < 10 ? 1 : 0),
    promise ?? '',
    verdict,
  ]);
  if (markdown) {
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
    return [line(HEADS), line(HEADS.map(() => '---')), ...lines.map(line)].join('\n');
  }
  const widths = HEADS.map((head, column) =>
    Math.max(...[[...HEADS], ...lines].map((line) => line[column]?.length ?? head.length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(HEADS), line(widths.map((width) => '-'.repeat(width))), ...lines.map(line)].join('\n');
}
