import { parser } from '@prometheus-io/lezer-promql';

export interface Selector {
  readonly metric: string;
  readonly labels: readonly { readonly name: string; readonly op: string; readonly value: string }[];
}

export interface ReadExpression {
  /** Where the parser did not understand it; empty for a good one. */
  readonly errors: readonly string[];
  readonly selectors: readonly Selector[];
  /** The labels it groups by. */
  readonly groupedBy: readonly string[];
}

/** Reads a PromQL expression with Prometheus' own grammar. */
export function readPromql(expression: string): ReadExpression {
  const errors: string[] = [];
  const groupedBy: string[] = [];
  const selectors: { metric: string; labels: { name: string; op: string; value: string }[] }[] = [];
  parser.parse(expression).iterate({
    enter(node) {
      const { name, type, from, to } = node;
      const text = expression.slice(from, to);
      const selector = selectors.at(-1);
      if (type.isError) errors.push(`at ${from}: ${expression.slice(from, from + 20)}`);
      else if (name === 'VectorSelector') selectors.push({ metric: '', labels: [] });
      else if (name === 'Identifier' && selector) selector.metric = text;
      else if (name === 'LabelName' && node.matchContext(['GroupingLabels'])) groupedBy.push(text);
      else if (name === 'LabelName') selector?.labels.push({ name: text, op: '', value: '' });
      else if (name === 'MatchOp') Object.assign(selector?.labels.at(-1) ?? {}, { op: text });
      else if (name === 'StringLiteral' && selector?.labels.at(-1)?.value === '')
        Object.assign(selector.labels.at(-1) ?? {}, { value: text.slice(1, -1) });
    },
  });
  return { errors, selectors, groupedBy };
}
