import type { Finding } from '../finding.ts';
import type { Series } from './series.ts';
import { fitStatistics } from './statistics.ts';
import type { ReadyStep } from './step.ts';

/**
 * Padding that is there before standardising becomes −mean/std.
 * @param takenOff that of the file at both ends was, as a later step puts it on again
 */
export function paddingStandardised(
  series: Series,
  fileMask: Uint8Array | undefined,
  takenOff: boolean,
): Finding[] {
  if (series.source.includes(-1)) {
    const sentence =
      'The padding is put on before standardising, so it is no longer one value but −mean/std of each feature; put "pad" after "standardize".';
    return [{ code: 'padded-before-standardise', severity: 'warning', sentence }];
  }
  const isPadding = (step: number) => fileMask?.[step] === 0;
  // Missing values there become padding proper in the end.
  const isKept = (column: number) => {
    for (let at = column; at < series.values.length; at += series.steps)
      if (!Number.isNaN(series.values[at]!)) return true;
    return false;
  };
  if (series.source.some((step, column) => isPadding(step) && (!takenOff || isKept(column)))) {
    const sentence = takenOff
      ? 'Steps between real ones that the mask of the file says are padding are standardised like data, as only padding at the ends is taken off before and put on after; leave them missing (a blank cell, in arrays no number), and they become padding, too.'
      : 'The padding in the file is standardised like data; add a "pad" step to "preprocess" so that it is taken off before and put on after.';
    return [{ code: 'padded-before-standardise', severity: 'warning', sentence }];
  }
  return [];
}

/** An array in the model's shape goes to the model as it is, whatever attribution.json says. */
export function standardiseNotApplied(steps: readonly ReadyStep[]): Finding[] {
  if (!steps.some(({ kind }) => kind === 'standardize')) return [];
  const sentence =
    '"standardize" of attribution.json is not applied: the array is float32 in the model\'s own shape and is taken as standardised already. Save it as float64 if it is raw.';
  return [{ code: 'standardise-not-applied', severity: 'warning', sentence }];
}

/** Beyond this, mean or deviation of a series tell that it is in raw units. */
const standardisedAtMost = 5;

/** Raw units without a standardize step: most models were trained otherwise. */
export function notStandardised(
  raw: Series,
  names: readonly string[],
  fileMask: Uint8Array | undefined,
  steps: readonly ReadyStep[],
): Finding[] {
  if (steps.some(({ kind }) => kind === 'standardize')) {
    return [];
  }
  const instance = { id: '', index: 0, length: raw.steps, values: raw.values, mask: fileMask };
  const { mean, std } = fitStatistics({ features: names, instances: [instance] });
  const worst = names.findIndex(
    (_, feature) => Math.abs(mean[feature]!) > standardisedAtMost || std[feature]! > standardisedAtMost,
  );
  if (worst < 0) {
    return [];
  }
  const sentence = `Nothing is standardised and the values are in raw units (${names[worst]}: mean ${round(mean[worst]!)}, deviation ${round(std[worst]!)}); if the model was trained on standardised data, set "standardize" under "preprocess" in attribution.json.`;
  return [{ code: 'not-standardised', severity: 'warning', sentence }];
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
