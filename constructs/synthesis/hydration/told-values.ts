import type { ChartInput } from '../../../layers/charts/chart-input';
import type { Plain } from '../../../layers/layer';
import { encodeToken, showTokens, type Token, tokensOf } from '../../../layers/text/token';

/** What of an input may hold tokens. */
export function toldIn({ namespace, values, parameters }: ChartInput): Pick<ChartInput, 'namespace' | 'values' | 'parameters'> {
  return { namespace, values, parameters };
}

export function valuesOf(text: string): Plain {
  try {
    return JSON.parse(text) as Plain;
  } catch {
    return text;
  }
}

/** Where the values stand in what the chart is told: `the value 'ingress.host'`. */
export function namesOf(tokens: readonly Token[], { namespace, values, parameters }: ChartInput): string {
  const marks = tokens.map(encodeToken);
  const holds = (text: string) => tokensOf(text).some((token) => marks.includes(encodeToken(token)));
  const paths = values.flatMap((text) => (holds(text) ? placesIn(valuesOf(text), holds) : []));
  const names = [
    ...(holds(namespace) ? ['the namespace'] : []),
    ...paths.map((path) => (path === '' ? 'the values' : `the value '${path}'`)),
    ...parameters.flatMap(({ name, value }) => (holds(value) || holds(name) ? [`the parameter '${showTokens(name)}'`] : [])),
  ];
  return `${showTokens(marks.join(', '))} (${[...new Set(names)].join(', ')})`;
}

function placesIn(value: Plain, holds: (text: string) => boolean, path = ''): readonly string[] {
  if (typeof value === 'string') return holds(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Readonly<Record<string, Plain>>).flatMap(([key, item]) => {
    const below = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    return holds(key) ? [showTokens(below)] : placesIn(item, holds, below);
  });
}
