import { ReadingQuestion } from '../../reading/readingQuestion.ts';
import { type CsvContext, refusedCell } from '../rowSink.ts';
import type { LateWatch, WatchedRow } from './watch.ts';

const ONE_POINT = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;
const PARTED_FOR_SURE = /^[+-]?[1-9]\d{0,2}((\.\d{3})+,\d*|(\.\d{3}){2,})$/;
const POINTED = /^[+-]?\d*\.\d+([eE][+-]?\d+)?$/;
const SMALL = /^[+-]?\d{1,3}$/;
/** A whole part of four digits or more without a point in it. */
const LARGE = /^[+-]?\d{4,}(,\d*)?$/;
const FEWEST_WHOLE = 3;

interface Dotted {
  readonly cell: string;
  readonly line: number;
}

/** What one column shows of how its numbers are written. */
class ColumnSigns {
  /** The first number such as `1.234`. */
  dotted: Dotted | undefined;
  /** Whole numbers below a thousand. */
  small = 0;
  hasLarge = false;
  hasComma = false;

  see(cell: string, isPointed: boolean, line: number): void {
    if (isPointed) this.dotted ??= { cell, line };
    else if (SMALL.test(cell)) this.small++;
    else {
      this.hasComma ||= cell.includes(',');
      this.hasLarge ||= LARGE.test(cell);
    }
  }
}

/**
 * `1.234` is 1234 or 1.234. Where the comma is the decimal sign, it is a thousand in a column of whole numbers, and asked
 * in one that has decimals; where no decimal sign was seen, it is asked unless another number shows that the point is one.
 */
export class PointWatch implements LateWatch {
  readonly columns: readonly number[] = [];
  readonly #signs = new Map<number, ColumnSigns>();
  /** Some number leaves nothing open. */
  #decided = false;

  constructor(private readonly context: CsvContext) {
    const { plan } = context;
    const columns = [...plan.features.map(({ column }) => column), ...plan.steps];
    for (const column of columns) this.#signs.set(column, new ColumnSigns());
  }

  get wantsPoints(): boolean {
    return !this.#decided;
  }

  see({ cells, line }: WatchedRow): void {
    if (this.#decided || !cells) return;
    const shows = this.context.decimalComma ? PARTED_FOR_SURE : POINTED;
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column]!.trim();
      const isPointed = cell.includes('.');
      if (isPointed && !ONE_POINT.test(cell)) {
        // Times show it, too.
        if (shows.test(cell)) this.#decided = true;
      } else this.#signs.get(column)?.see(cell, isPointed, line);
    }
  }

  end(): void {
    if (this.#decided) return;
    for (const [column, signs] of this.#signs) {
      if (signs.dotted && this.#isOpen(signs)) throw this.#question(column, signs.dotted);
    }
  }

  #isOpen({ small, hasLarge, hasComma }: ColumnSigns): boolean {
    const { decimalComma, delimiter } = this.context;
    if (decimalComma) return hasComma || hasLarge;
    return !hasLarge && (delimiter === ';' || small >= FEWEST_WHOLE);
  }

  #question(column: number, { cell, line }: Dotted): ReadingQuestion {
    const { context } = this;
    const whole = cell.replace('.', '');
    const what = `"${cell}" has three digits behind its point: ${whole}, the point parting thousands, or ${cell}, the point being the decimal sign`;
    const { message: sentence, place } = refusedCell(context, line, column, 'thousands', what);
    const thousands = {
      label: `"${cell}" is ${whole}, the point parts thousands`,
      patch: { data: { decimal: ',' } },
    } as const;
    const decimals = { label: `"${cell}" has three decimals`, patch: { data: { decimal: '.' } } } as const;
    // Where other numbers have a comma, a decimal point is a slip of that cell.
    if (!context.decimalComma)
      return new ReadingQuestion({ id: 'thousands', sentence, ways: [thousands, decimals] }, place);
    const slip = `${sentence.replace(/[.]$/, '')}; the other decimals of the file have a comma: write one there, too, if it is a decimal sign`;
    return new ReadingQuestion({ id: 'thousands', sentence: slip, ways: [thousands] }, place);
  }
}
