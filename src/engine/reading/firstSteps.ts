import type { Dataset } from '../../data/dataset.ts';
import type { FirstSteps } from './readAs.ts';

const MOST_INSTANCES = 2;
const MOST_FEATURES = 4;
const MOST_STEPS = 8;

/** The beginning of the first instances, as much as fits a small table. */
export function firstSteps({ instances, features }: Dataset): FirstSteps[] {
  return instances.slice(0, MOST_INSTANCES).map((instance) => {
    const { id, label, measured, length, mask, values } = instance;
    const shown = Math.min(length, MOST_STEPS);
    const rows = features.slice(0, MOST_FEATURES).map((_, feature) =>
      Array.from({ length: shown }, (_, step) => {
        const value = values[feature * length + step]!;
        return Number.isFinite(value) ? value : null;
      }),
    );
    return {
      id,
      ...(label !== undefined && { label }),
      ...(measured !== undefined && { measured }),
      length,
      real: mask ? mask.reduce((sum, on) => sum + on, 0) : length,
      values: rows,
      mask: Array.from({ length: shown }, (_, step) => mask === undefined || mask[step] === 1),
    };
  });
}
