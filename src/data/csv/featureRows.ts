import type { Finding } from '../../finding.ts';
import { count } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { Instance } from '../dataset.ts';
import { fillMissing } from '../missing.ts';
import { MissingCells } from './missingCells.ts';
import {
  type CsvContext,
  detached,
  hasOnlyBlanksBeyond,
  missingCell,
  numberIn,
  type RowSink,
  raggedRow,
  refusedCell,
} from './rowSink.ts';
import { shorten } from './shorten.ts';
import type { CsvRow } from './tokenizer.ts';

interface Collected {
  readonly id: string;
  readonly label: string;
  readonly line: number;
  readonly names: string[];
  readonly rows: { readonly row: CsvRow; readonly values: Float64Array }[];
}

/** Rows that are features, their columns steps. Another instance begins with another case, or where a name comes again. */
export class FeatureRows implements RowSink {
  readonly #context: CsvContext;
  readonly timeIsNumber = false;
  readonly #instances: Collected[] = [];

  constructor(context: CsvContext) {
    this.#context = context;
  }

  push(row: CsvRow): void {
    const { plan } = this.#context;
    if (row.cells.length > plan.names.length && !hasOnlyBlanksBeyond(row, plan.names.length))
      throw raggedRow(this.#context, row);
    const id = plan.case.map((column) => (row.cells[column] ?? '').trim()).join(' / ');
    const name = plan.rowNames === null ? undefined : detached(row.cells[plan.rowNames] ?? '');
    const before = this.#instances.at(-1);
    const goesOn =
      before !== undefined && before.id === detached(id) && !(name && before.names.includes(name));
    if (!goesOn) {
      const label = plan.label === null ? '' : detached(row.cells[plan.label] ?? '');
      this.#instances.push({ id: detached(id), label, line: row.line, names: [], rows: [] });
    }
    const one = this.#instances.at(-1)!;
    if (goesOn && plan.label !== null) this.#checkLabel(one.label, row, plan.label);
    one.names.push(name ?? `f${one.rows.length}`);
    const values = Float64Array.from(plan.steps, (column) => numberIn(this.#context, row, column));
    // The text of a row is wanted only where a cell of it may have to be shown.
    const kept = values.some(Number.isNaN) ? row : { line: row.line, cells: [] };
    one.rows.push({ row: kept, values });
  }

  #checkLabel(label: string, { cells, line }: CsvRow, column: number): void {
    const here = (cells[column] ?? '').trim();
    if (here === '' || here === label.trim()) return;
    throw refusedCell(
      ...([this.#context, line, column, 'label-changes'] as const),
      `the label changes from "${shorten(label)}" to "${shorten(here)}" among the rows of one instance, which has one label`,
    );
  }

  /** Lines are always read as text: there are few of them, and they are long. */
  pushPlain(): void {
    throw new Error('rows that are features are read as text');
  }

  finish(): { instances: Instance[]; features: string[]; findings: Finding[] } {
    const features = this.#names();
    const { plan } = this.#context;
    const named = features.map((name) => ({ column: -1, name }));
    const missing = new MissingCells({ ...this.#context, plan: { ...plan, features: named } });
    const instances = this.#instances.map((one, index): Instance => {
      const { values, length } = this.#series(one, missing);
      const id = plan.case.length === 0 ? String(index) : one.id;
      return { id, index, ...(one.label !== '' && { label: one.label }), line: one.line, values, length };
    });
    return { instances, features, findings: missing.findings };
  }

  /** @throws Refusal `transposed-rows` where the model, or another instance, has other features */
  #names(): string[] {
    const { input, fileName, plan } = this.#context;
    const [first] = this.#instances;
    if (!first) return [];
    const wanted = input?.features ?? first.names.length;
    for (const { names, line } of this.#instances) {
      if (names.length === wanted && names.every((name) => first.names.includes(name))) continue;
      const where = this.#instances.length === 1 ? fileName : `${fileName}, from line ${line} on,`;
      const why =
        input && names.length !== wanted
          ? `the model takes ${wanted}`
          : `the first instance has ${first.names.length} of other names`;
      throw new Refusal(
        'transposed-rows',
        `${where} has ${count(names.length, 'row')} that are features (layout "transposed") and ${why}${plan.case.length === 0 ? '; set "case" under "data" to the column that tells instances apart' : ''}.`,
      );
    }
    return first.names;
  }

  /** [F, L], features in the order of the first instance; the series ends where every row is blank to the end. */
  #series({ rows, names, id }: Collected, cells: MissingCells): { values: Float64Array; length: number } {
    const { plan, missing } = this.#context;
    const order = this.#instances[0]!.names.map((name) => names.indexOf(name));
    let length = plan.steps.length;
    while (length > 0 && rows.every(({ values }) => Number.isNaN(values[length - 1]))) length--;
    if (length === 0)
      throw new Refusal(
        'no-steps',
        `${this.#context.fileName}, line ${rows[0]!.row.line}: the rows have no number.`,
      );
    const values = new Float64Array(rows.length * length);
    for (const [feature, at] of order.entries())
      values.set(rows[at]!.values.subarray(0, length), feature * length);
    for (const [at, value] of values.entries()) {
      if (!Number.isNaN(value)) continue;
      const { row } = rows[order[Math.floor(at / length)]!]!;
      const column = plan.steps[at % length]!;
      if (missing === 'refuse') throw missingCell(this.#context, row, column);
      cells.add(row.line, column);
    }
    cells.checkFilled(fillMissing(values, rows.length, length, missing), id);
    return { values, length };
  }
}
