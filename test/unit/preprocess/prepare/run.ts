import type { Instance } from '../../../../src/data/dataset.ts';
import { type PrepareOptions, prepare } from '../../../../src/preprocess/prepare.ts';
import type { Prepared } from '../../../../src/preprocess/prepared.ts';
import type { ReadyStep } from '../../../../src/preprocess/step.ts';

/** Padding with zeros at the end, up to what the model takes. */
export const pad = { kind: 'pad', to: null, value: 0, side: 'end' } as const satisfies ReadyStep;
export const given = (mean: number[], std: number[]): ReadyStep => ({
  kind: 'standardize',
  by: 'given',
  mean,
  std,
});

/** An instance of the raw rows [F][L]. */
export function instance(rows: number[][], more: Partial<Instance> = {}): Instance {
  return { id: '7', index: 0, length: rows[0]!.length, values: Float64Array.from(rows.flat()), ...more };
}

/** What `prepare` makes of the rows [F][L] for a model of `steps` steps. */
export function run(
  rows: number[][],
  steps: number | null,
  options: Partial<PrepareOptions> = {},
  more: Partial<Instance> = {},
  features = rows.map((_, feature) => `f${feature}`),
): Prepared {
  return prepare(
    { features, maskOrigin: more.mask && 'column m' },
    instance(rows, more),
    { features: options.featureOrder?.length ?? rows.length, steps },
    {
      steps: [],
      mask: { kind: 'auto' },
      ...options,
    },
  );
}

export const codes = ({ findings }: Prepared): string[] => findings.map(({ code }) => code);
