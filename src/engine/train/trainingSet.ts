import { basename } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Dataset } from '../../data/dataset.ts';
import { labelIndex } from '../../data/labelIndex.ts';
import { whereIs } from '../../data/whereIs.ts';
import type { MaskChoice } from '../../preprocess/maskChoice.ts';
import { prepare } from '../../preprocess/prepare.ts';
import type { ReadyStep } from '../../preprocess/step.ts';
import { Refusal } from '../../refusal.ts';
import { areHeld, withMadeNumbers } from '../../training/madeNumbers.ts';
import type { SeriesShape, TrainingSeries } from '../../training/series.ts';
import { seriesPrint } from '../../training/seriesPrint.ts';
import type { CallContext } from '../contract.ts';
import type { SaidOfSeries } from '../reading/saidOfData.ts';

/** How series become what a network takes. */
export interface Recipe {
  readonly shape: SeriesShape;
  readonly classes: readonly string[];
  readonly features: readonly string[];
  readonly steps: readonly ReadyStep[];
  readonly mask: MaskChoice;
}

/** With what its real steps are known again by. */
export interface PrintedSeries extends TrainingSeries {
  /** [13], see seriesPrint. */
  readonly print: Float32Array;
}

/** Prepared between two looks at whether somebody has cancelled. */
const GROUP = 32;

/**
 * The series of a file as a network learns them.
 * @param noticed takes what was noticed
 * @throws Refusal `missing-values`, `unknown-label`, and those of prepare; the signal's reason when cancelled
 */
export async function trainingSet(
  dataset: Dataset,
  path: string,
  { shape, classes, features, steps, mask }: Recipe,
  noticed: SaidOfSeries,
  { report, signal }: Pick<CallContext, 'report' | 'signal'>,
): Promise<PrintedSeries[]> {
  const { instances } = dataset;
  const held = areHeld(instances.length, shape.features * shape.steps);
  const series: PrintedSeries[] = [];
  for (const [at, instance] of instances.entries()) {
    if (at % GROUP === 0) {
      report?.(at / instances.length, `Preparing (${at} of ${instances.length})`);
      await breathe();
      signal?.throwIfAborted();
    }
    const { label = '' } = instance;
    const make = () => prepare(dataset, instance, shape, { steps, mask, featureOrder: features });
    const prepared = make();
    if (prepared.x.some(Number.isNaN)) {
      throw new Refusal(
        'missing-values',
        `${basename(path)}: ${whereIs(instance)} has missing values, which nothing can be learnt from; set "missing" under "data" in attribution.json, or --set data.missing=interpolate.`,
      );
    }
    const index = labelIndex(label, classes);
    if (index < 0) {
      const what =
        (label ?? '') === ''
          ? 'no label to judge its answer by'
          : `the label ${JSON.stringify(label)}, which none of the series it is trained on has`;
      throw new Refusal('unknown-label', `${basename(path)}: ${whereIs(instance)} has ${what}.`);
    }
    noticed.add(prepared);
    const rest = { mask: prepared.mask, label: index, print: seriesPrint(prepared) };
    series.push(held ? { ...rest, x: prepared.x } : withMadeNumbers(rest, () => make().x));
  }
  return series;
}
