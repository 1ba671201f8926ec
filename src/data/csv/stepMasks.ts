import type { Finding } from '../../finding.ts';
import { count } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import { GrowableInt32 } from '../growable.ts';
import type { CaseSeen } from './caseRows.ts';
import { saysPadding } from './maskByName.ts';
import { type CsvContext, numberIn, refusedCell } from './rowSink.ts';
import { shorten } from './shorten.ts';
import type { CsvRow } from './tokenizer.ts';

const FLAGS: Readonly<Record<string, number | undefined>> = { true: 1, false: 0 };

/** Which steps are real, by a mask column or a length column. */
export class StepMasks {
  readonly #context: CsvContext;
  readonly #mask = new GrowableInt32();

  /** The column is 1 on padding. */
  readonly #isTurned: boolean;

  constructor(context: CsvContext) {
    const { names, mask } = context.plan;
    this.#context = context;
    this.#isTurned = mask !== null && saysPadding(names[mask]!);
  }

  get findings(): Finding[] {
    if (!this.#isTurned) return [];
    const { plan, fileName } = this.#context;
    const sentence = `${fileName}: column ${plan.names[plan.mask!]} is taken as 1 on padding, as its name says, and turned round.`;
    return [{ code: 'mask-turned', severity: 'warning', sentence }];
  }

  /** Whether the step is real by the mask column; also reads the length column. @throws Refusal `bad-length`, `bad-mask` */
  read(row: CsvRow, seen: CaseSeen): boolean {
    const { mask, length } = this.#context.plan;
    const number = (column: number | null) => (column === null ? 1 : numberIn(this.#context, row, column));
    const cell = (column: number) => row.cells[column]!;
    const flag = mask === null ? undefined : FLAGS[cell(mask).trim().toLowerCase()];
    return this.take(number(length), flag ?? number(mask), row.line, cell, seen);
  }

  /** @param cell text of a column, for a refusal */
  take(
    length: number,
    mask: number,
    line: number,
    cell: (column: number) => string,
    seen: CaseSeen,
  ): boolean {
    const { plan } = this.#context;
    if (plan.length !== null) {
      if (!Number.isInteger(length) || length < 1 || (seen.realSteps ?? length) !== length) {
        throw refusedCell(
          ...([this.#context, line, plan.length, 'bad-length'] as const),
          `"${shorten(cell(plan.length))}" is not one whole number of steps, the same on every row of the instance`,
        );
      }
      seen.realSteps = length;
    }
    if (plan.mask === null) return true;
    if (mask !== 0 && mask !== 1) {
      throw refusedCell(
        ...([this.#context, line, plan.mask, 'bad-mask'] as const),
        `a mask is 1 on real steps and 0 on padding, not "${shorten(cell(plan.mask))}"`,
      );
    }
    const real = this.#isTurned ? 1 - mask : mask;
    this.#mask.push(real);
    return real === 1;
  }

  /**
   * [L] of one case.
   * @param row of each of its steps
   * @throws Refusal `bad-length`
   */
  of({ realSteps, id }: CaseSeen, length: number, row: (step: number) => number): Uint8Array | undefined {
    const { plan, fileName, lengthSide } = this.#context;
    if (plan.mask !== null) {
      const mask = this.#mask.values;
      return Uint8Array.from({ length }, (_, step) => mask[row(step)]!);
    }
    if (realSteps === undefined) return undefined;
    if (realSteps > length) {
      throw new Refusal(
        'bad-length',
        `${fileName}: column "${plan.names[plan.length!]}" gives case ${shorten(id)} ${count(realSteps, 'step')}, but it has ${count(length, 'row')}.`,
      );
    }
    const first = lengthSide === 'end' ? 0 : length - realSteps;
    return new Uint8Array(length).fill(1, first, first + realSteps);
  }
}
