import { Refusal } from '../refusal.ts';

/** One run of cells that make the class: 0-based steps of the series without padding, `to` exclusive. */
interface SalientRun {
  readonly feature: string | number;
  readonly from: number;
  readonly to: number;
}

/** Salient runs by case, as the truth file names it (an id, else a position in the file). */
type Truth = ReadonlyMap<string, readonly SalientRun[]>;

const MOST_RUNS = 1_000_000;

/**
 * Reads `[{ case, feature, from, to }]`, the same under `salient`, or `{ cases: [{ case, salient: [{ feature, from, to }] }] }`.
 * @param text JSON @param name of the file, for refusals @param member which part of a file with several sets
 * @throws Refusal `bad-truth`
 */
export function parseTruth(text: string, name: string, member?: string): Truth {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw bad(name, `is no JSON (${(error as Error).message})`);
  }
  if (member !== undefined) {
    if (!isObject(value) || !Object.hasOwn(value, member)) throw bad(name, `has no part "${member}"`);
    value = value[member];
  }
  const found = new Map<string, SalientRun[]>();
  let runs = 0;
  const add = (id: unknown, run: unknown, where: string) => {
    if (++runs > MOST_RUNS) throw bad(name, `names more than ${MOST_RUNS} runs of cells`);
    const key = caseOf(id, name, where);
    const known = found.get(key) ?? [];
    known.push(runOf(run, name, where));
    found.set(key, known);
  };
  const list = isObject(value) && 'salient' in value ? value.salient : value;
  if (Array.isArray(list)) {
    for (const [i, entry] of list.entries()) {
      add(isObject(entry) ? entry.case : undefined, entry, `entry ${i}`);
    }
  } else if (isObject(list) && Array.isArray(list.cases)) {
    for (const [i, entry] of list.cases.entries()) {
      if (!isObject(entry) || !Array.isArray(entry.salient)) throw bad(name, `has no "salient" in case ${i}`);
      for (const run of entry.salient) add(entry.case, run, `case ${i}`);
    }
  } else {
    const parts = isObject(list) ? Object.keys(list).filter((key) => isObject(list[key])) : [];
    throw bad(
      name,
      parts.length > 0
        ? `holds several sets (${parts.slice(0, 8).join(', ')}); name one with FILE#${parts[0]}`
        : 'is neither a list of { case, feature, from, to } nor an object with "salient" or "cases"',
    );
  }
  return found;
}

/**
 * [F, T] 1 on salient cells; null where the truth does not name the case. Steps beyond the series are left out.
 * @throws Refusal `bad-truth` for a feature the model does not have
 */
export function salientCells(
  truth: Truth,
  one: { readonly id: string; readonly index: number; readonly mask: Uint8Array },
  features: readonly string[],
  name: string,
): Uint8Array | null {
  const runs = truth.get(one.id) ?? truth.get(`${one.index}`);
  if (!runs) return null;
  const steps = one.mask.length;
  const real = [...one.mask.keys()].filter((t) => one.mask[t] === 1);
  const cells = new Uint8Array(features.length * steps);
  for (const { feature, from, to } of runs) {
    const named = features.indexOf(`${feature}`);
    const row = named >= 0 ? named : typeof feature === 'number' && feature < features.length ? feature : -1;
    if (row < 0) {
      throw bad(name, `names feature ${JSON.stringify(feature)}, which the model does not have`);
    }
    for (const t of real.slice(from, to)) cells[row * steps + t] = 1;
  }
  return cells;
}

function caseOf(id: unknown, name: string, where: string): string {
  if (typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id))) return `${id}`;
  throw bad(name, `does not say which case ${where} is about`);
}

function runOf(run: unknown, name: string, where: string): SalientRun {
  const step = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
  if (isObject(run) && step(run.from) && step(run.to) && run.from <= run.to) {
    const { feature, from, to } = run;
    if (typeof feature === 'string' || step(feature)) return { feature, from, to };
  }
  throw bad(
    name,
    `needs "feature" (name or position), "from" and "to" (0-based steps, from ≤ to) in ${where}`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(name: string, what: string): Refusal {
  return new Refusal('bad-truth', `The truth file ${name} ${what}.`);
}
