import { jsonText } from './json.ts';
import { visible } from './visible.ts';

/** A list longer than this is told by its length and its beginning. */
const LONGEST_LIST = 64;
const BEGINNING = 16;
/** Most keys of one object, and how deep it goes: more is no answer to read. */
const MOST_KEYS = 400;
const DEEPEST = 12;

/** A sentence, or several lines of them, for a language model: names from files lie in it, so it is bounded and plain. */
export function agentText(text: string): string {
  return visible(text, { most: 12_000, lines: true });
}

/**
 * Numbers and names as JSON for a language model: what is unseen is an escape, names are cut at 200 letters, NaN is null,
 * and a long list is `{ "n": 131, "first": [16 of them] }`.
 */
export function agentJson(value: unknown): string {
  return jsonText(bounded(value, 0));
}

function bounded(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return visible(value, { most: 200 + 800 * Number(/[.:] /.test(value)) });
  if (typeof value === 'number') return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return null;
  const list = ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
  if (Array.isArray(list)) {
    const told = (items: readonly unknown[]) => items.map((item) => bounded(item, depth + 1));
    return list.length <= LONGEST_LIST
      ? told(list)
      : { n: list.length, first: told(list.slice(0, BEGINNING)) };
  }
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .slice(0, MOST_KEYS)
    .map(([key, item]) => [visible(key, { most: 200 }), bounded(item, depth + 1)]);
  return Object.fromEntries(entries);
}
