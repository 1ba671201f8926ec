import type { Finding } from '../finding.ts';
import { agree, count } from '../format.ts';
import { Refusal } from '../refusal.ts';
import { constantRun } from './constantRun.ts';
import { guessedRun } from './guessedRun.ts';
import type { MaskChoice } from './maskChoice.ts';
import type { Series } from './series.ts';

/** Which of the T columns are real. */
interface PaddingMask {
  /** [T] 1 on real steps, 0 on padding. */
  readonly values: Uint8Array;
  /** Count of real steps, L. */
  readonly length: number;
  /** How it was found, fit to be shown. */
  readonly origin: string;
}

interface MaskGround {
  /** Columns of the model's input; `values` is not looked at. */
  readonly columns: Pick<Series, 'steps' | 'source'>;
  /** The raw numbers of the columns that come from the file, [F, kept]; absent after a resample step, where several columns come from one. */
  readonly kept?: Pick<Series, 'values' | 'features' | 'steps' | 'fill'>;
  /** [L] per raw step, when the file says which are real. */
  readonly fileMask?: Uint8Array;
  readonly fileMaskOrigin?: string;
  /** How sentences call the instance, e.g. `Instance 7`. */
  readonly who: string;
}

/**
 * Which of the T columns are real. The choice never changes the numbers the model is given.
 * @param findings added to where the choice rests on a guess
 * @throws Refusal `mask-too-long`, `mask-not-read`, `empty-mask`
 */
export function chooseMask(choice: MaskChoice, ground: MaskGround, findings: Finding[]): PaddingMask {
  const { values, origin } = select(choice, ground, findings);
  const length = values.reduce((sum, value) => sum + value, 0);
  if (length === 0) {
    throw new Refusal(
      'empty-mask',
      `${ground.who} has no real step under the mask "${origin}"; choose another mask.`,
    );
  }
  return { values, length, origin };
}

type Selected = Pick<PaddingMask, 'values' | 'origin'>;

function select(choice: MaskChoice, ground: MaskGround, findings: Finding[]): Selected {
  const { steps, source } = ground.columns;
  switch (choice.kind) {
    case 'auto':
      return automatic(ground, findings);
    case 'none':
      return { values: new Uint8Array(steps).fill(1), origin: 'none: every step counts as real' };
    case 'trailing':
    case 'leading':
      return byRun(choice.kind, ground, findings);
    case 'length': {
      if (!ground.kept) {
        const values = source.reduce(markReal, new Uint8Array(steps));
        return { values, origin: 'length: taken before the series is resampled' };
      }
      if (choice.length > steps) {
        throw new Refusal(
          'mask-too-long',
          `The mask says ${count(choice.length, 'real step')}, the model's input has ${steps}.`,
        );
      }
      const first = choice.side === 'end' ? 0 : steps - choice.length;
      const where = choice.side === 'end' ? 'first' : 'last';
      const values = new Uint8Array(steps).fill(1, first, first + choice.length);
      return {
        values,
        origin: `length: the ${where} ${count(choice.length, 'step')} ${agree(choice.length, 'is', 'are')} real`,
      };
    }
    case 'length-column':
    case 'mask-column':
      return byColumn(choice.column, ground);
  }
}

function automatic(ground: MaskGround, findings: Finding[]): Selected {
  const { columns, kept, fileMask, fileMaskOrigin, who } = ground;
  if (fileMask) {
    const values = throughSource(columns.source, fileMask);
    return { values, origin: `auto: ${fileMaskOrigin ?? 'the file says so'}` };
  }
  const trailing = runOf(ground, 'trailing', guessedRun);
  const leading = runOf(ground, 'leading', guessedRun);
  if (columns.source.includes(-1)) {
    for (const [run, where, name] of [
      [trailing, 'last', 'trailing'],
      [leading, 'first', 'leading'],
    ] as const) {
      if (run > 0) {
        findings.push({
          code: 'trailing-zeros-may-be-real',
          severity: 'info',
          sentence: `${who}: the ${where} ${count(run, 'step')} in the file ${agree(run, 'repeats', 'repeat')} one value in every feature and ${agree(run, 'counts', 'count')} as real; choose the mask "${name}" if ${agree(run, 'it is', 'they are')} padding.`,
        });
      }
    }
    return {
      values: columns.source.reduce(markReal, new Uint8Array(columns.steps)),
      origin: `auto: ${added(columns.source)}`,
    };
  }
  if (trailing + leading === 0 || trailing + leading >= columns.steps) {
    const isResampled = kept === undefined;
    return {
      values: new Uint8Array(columns.steps).fill(1),
      origin: `auto: ${isResampled ? 'the series is resampled and has no padding' : 'no padding found'}`,
    };
  }
  const runs = [
    ...(leading > 0 ? [`the first ${count(leading, 'step')}`] : []),
    ...(trailing > 0 ? [`the last ${count(trailing, 'step')}`] : []),
  ].join(' and ');
  const those = leading + trailing;
  const repeat = agree(those, 'repeats', 'repeat');
  findings.push({
    code: 'trailing-zeros-may-be-real',
    severity: 'warning',
    sentence: `${who}: ${runs} in the file ${repeat} one value in every feature and ${agree(those, 'is', 'are')} taken as padding; choose the mask "none" if ${agree(those, 'it is', 'they are')} real.`,
  });
  const values = new Uint8Array(columns.steps).fill(1, leading, columns.steps - trailing);
  return { values, origin: `auto: ${runs} ${repeat} one value in every feature` };
}

/** Padding put in at one end and the constant run of the file beside it. */
function byRun(end: 'trailing' | 'leading', ground: MaskGround, findings: Finding[]): Selected {
  const { source, steps } = ground.columns;
  const inOrder = end === 'trailing' ? source.toReversed() : source;
  const putIn = inOrder.findIndex((step) => step >= 0);
  const run = Math.max(0, putIn) + runOf(ground, end);
  const values = new Uint8Array(steps).fill(
    1,
    end === 'leading' ? run : 0,
    end === 'leading' ? steps : steps - run,
  );
  if (run === 0 && ground.kept) {
    const sentence = `${ground.who} has no ${end} run in which every feature repeats one value: every step counts as real.`;
    findings.push({ code: 'no-constant-run', severity: 'info', sentence });
  }
  return { values, origin: `${end}: ${count(run, 'step')} at the ${end === 'trailing' ? 'end' : 'front'}` };
}

function byColumn(column: string, { columns, fileMask, fileMaskOrigin }: MaskGround): Selected {
  const named = fileMaskOrigin === `column ${column}` || fileMaskOrigin?.startsWith(`array ${column} in `);
  if (!fileMask || fileMaskOrigin === undefined || !named) {
    throw new Refusal('mask-not-read', `The data has no column "${column}" to take the mask from.`);
  }
  return { values: throughSource(columns.source, fileMask), origin: fileMaskOrigin };
}

function throughSource(source: Int32Array, fileMask: Uint8Array): Uint8Array {
  const values = new Uint8Array(source.length);
  for (const [column, step] of source.entries()) values[column] = step < 0 ? 0 : fileMask[step]!;
  return values;
}

function runOf({ kept }: MaskGround, end: 'trailing' | 'leading', find = constantRun): number {
  return kept ? find(kept.values, kept.features, kept.steps, end, kept.fill?.[end]) : 0;
}

function markReal(values: Uint8Array, step: number, column: number): Uint8Array {
  values[column] = step < 0 ? 0 : 1;
  return values;
}

function added(source: Int32Array): string {
  const front = Math.max(
    0,
    source.findIndex((step) => step >= 0),
  );
  const end = source.filter((step) => step < 0).length - front;
  const parts = [
    ...(front > 0 ? [`${count(front, 'step')} added at the front`] : []),
    ...(end > 0 ? [`${count(end, 'step')} added at the end`] : []),
  ];
  return parts.join(', ');
}
