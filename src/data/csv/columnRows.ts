import type { Finding } from '../../finding.ts';
import type { Instance, TimeColumn } from '../dataset.ts';
import { fillMissing, howToFill } from '../missing.ts';
import { MissingCells } from './missingCells.ts';
import { type CsvContext, type PlainRow, type RowSink, refusedCell } from './rowSink.ts';
import { StepRows } from './stepRows.ts';
import type { CsvRow } from './tokenizer.ts';

/** Columns that are instances of one feature each, rows their steps; a column may end before the others. */
export class ColumnSeries implements RowSink {
  readonly #context: CsvContext;
  /** All columns as the features of one instance; what is missing is looked at column by column. */
  readonly #rows: StepRows;
  readonly #missing: MissingCells;

  constructor(context: CsvContext) {
    this.#context = context;
    this.#missing = new MissingCells(context);
    this.#rows = new StepRows({
      ...context,
      ...{ plan: { ...context.plan, layout: 'single' }, missing: 'keep', input: undefined },
    });
  }

  push(row: CsvRow): void {
    this.#rows.push(row);
  }

  pushPlain(row: PlainRow): void {
    this.#rows.pushPlain(row);
  }

  get timeIsNumber(): boolean {
    return this.#rows.timeIsNumber;
  }

  finish(): { instances: Instance[]; features: string[]; findings: Finding[]; time?: TimeColumn } {
    const { instances, findings, time } = this.#rows.finish();
    const [table] = instances;
    const { features } = this.#context.plan;
    const values = table?.values ?? new Float64Array(0);
    const series = features.map(({ name }, index): Instance => {
      const all = values.subarray(index * table!.length, (index + 1) * table!.length);
      const length = all.findLastIndex((value) => !Number.isNaN(value)) + 1;
      const lines = table!.lines?.subarray(0, length);
      const own = this.#filled(all.slice(0, length), index, lines);
      const times = time && table!.times?.slice(0, length);
      return {
        ...{ id: name, index, length, values: own },
        ...(lines && { lines }),
        ...(times && { times }),
      };
    });
    return {
      instances: series,
      features: ['value'],
      // Columns are no features, and ends of shorter ones are no gaps.
      findings: [
        ...findings.filter(({ code }) => code !== 'missing-filled' && code !== 'constant-feature'),
        ...this.#missing.findings,
      ],
      ...(time && { time }),
    };
  }

  /** @throws Refusal `missing-value` */
  #filled(values: Float64Array, index: number, lines: Int32Array | undefined): Float64Array {
    const { missing, plan } = this.#context;
    const { column } = plan.features[index]!;
    if (values.length === 0)
      throw refusedCell(this.#context, 1, column, 'missing-value', 'the column holds no number');
    for (const [step, value] of values.entries()) {
      if (!Number.isNaN(value)) continue;
      const line = lines?.[step] ?? 1;
      if (missing === 'refuse')
        throw refusedCell(
          ...([this.#context, line, column, 'missing-value'] as const),
          `the cell is blank; ${howToFill}`,
        );
      this.#missing.add(line, column);
    }
    fillMissing(values, 1, values.length, missing);
    return values;
  }
}
