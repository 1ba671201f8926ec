import type { Explanation } from '../../attribution/explanation.ts';
import { Refusal } from '../../refusal.ts';
import { cellRanges } from '../inline/cellRanges.ts';
import type { CellStanding } from './cellSelection.ts';

/** Relative to the spread of the values: what float32 leaves over. */
const exact = 1e-3;

/** The rows of a changed instance as text. */
interface ChangedRows {
  readonly text: string;
  /** Cells that differ from the file. */
  readonly cells: number;
  /** Changes on steps that have no row of their own. */
  readonly beside: number;
}

/**
 * The header and the rows of an instance as the file has them, with the changed cells in the file's units: these follow
 * from how the unchanged values lie to what the model was given, feature by feature.
 * @throws Refusal `rows-wanted` where rows are no steps, `no-units` where values were not merely scaled and moved
 */
export function changedRows(
  base: Explanation,
  changed: Explanation,
  standing: CellStanding,
  header: readonly number[],
  decimal: '.' | ',',
): ChangedRows {
  const { raw, input, features } = base.signals;
  const { cells, lines, text } = standing;
  if (!cells || !raw) {
    throw new Refusal('rows-wanted', 'Only a text file whose rows are steps can take changed rows.');
  }
  const { columns } = base.map;
  const after = changed.signals.input;
  const rows = new Map<number, string[]>();
  let [count, beside] = [0, 0];
  const partsOf = (line: number) => {
    const known = rows.get(line) ?? pieces(text(line - 1), cells.delimiter);
    rows.set(line, known);
    return known;
  };
  for (const line of lines) if (line > 0) partsOf(line);
  for (const [feature, name] of features.entries()) {
    const place = cells.columns[cells.names.indexOf(name)];
    const of = (values: Float32Array) => values.subarray(feature * columns, (feature + 1) * columns);
    const [was, now] = [of(input), of(after)];
    const steps = [...was.keys()].filter((step) => was[step] !== now[step]);
    if (!steps.length) continue;
    const unit = place === undefined ? undefined : unitsOf(of(raw), was);
    if (!unit) {
      throw new Refusal(
        'no-units',
        `The changed values of ${name} cannot be told in the units of the file: it was not merely scaled and moved before the model.`,
      );
    }
    for (const step of steps) {
      const parts = lines[step]! > 0 ? partsOf(lines[step]!) : undefined;
      if (!parts) beside++;
      else {
        const value = String(Number((unit.at0 + unit.per1 * now[step]!).toPrecision(7)));
        parts[2 * place! + 1] = decimal === ',' ? value.replace('.', ',') : value;
        count++;
      }
    }
  }
  const body = [...rows].sort(([a], [b]) => a - b).map(([, parts]) => parts.join(''));
  const all = [...header.map((line) => text(line - 1)), ...body];
  return { text: `${all.join('\n')}\n`, cells: count, beside };
}

/** The line cut into what stands between the cells and the cells, by turns. */
function pieces(line: string, delimiter: string): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to } of cellRanges(line, delimiter)) {
    parts.push(line.slice(at, from), line.slice(from, to));
    at = to;
  }
  return [...parts, line.slice(at)];
}

/** raw = at0 + per1 · input, from the values that are in both; undefined where no such line goes through them. */
function unitsOf(raw: Float32Array, input: Float32Array): { at0: number; per1: number } | undefined {
  const steps = [...raw.keys()].filter((step) => Number.isFinite(raw[step]));
  const by = steps.sort((a, b) => input[a]! - input[b]!);
  const [low, high] = [by.at(0), by.at(-1)];
  if (low === undefined || high === undefined || input[low] === input[high]) return undefined;
  const per1 = (raw[high]! - raw[low]!) / (input[high]! - input[low]!);
  const at0 = raw[low]! - per1 * input[low]!;
  const most = exact * Math.abs(raw[high]! - raw[low]!);
  return steps.every((step) => Math.abs(at0 + per1 * input[step]! - raw[step]!) <= most)
    ? { at0, per1 }
    : undefined;
}
