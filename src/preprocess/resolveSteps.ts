import type { Dataset, Instance } from '../data/dataset.ts';
import { foundIn } from './foundMask.ts';
import type { MaskChoice } from './maskChoice.ts';
import { range } from './series.ts';
import { fitStatisticsOfFile } from './statistics.ts';
import type { PreprocessStep, ReadyStep } from './step.ts';
import { type FileFill, usualFill } from './usualFill.ts';

/**
 * Turns `standardize: { from }` into numbers by reading the training file.
 * @param readTraining reads it with the project's data options; the caller may cache
 * @param mask how padding that stands in the training file is found, where a pad step says that series are padded
 */
export async function resolveSteps(
  steps: readonly PreprocessStep[],
  readTraining: (path: string) => Promise<Dataset>,
  mask: MaskChoice = { kind: 'none' },
): Promise<ReadyStep[]> {
  const ready: ReadyStep[] = [];
  for (const step of steps) {
    ready.push(
      step.kind === 'standardize' && step.by === 'file'
        ? {
            kind: 'standardize',
            by: 'given',
            ...(await fitStatisticsOfFile(overRealSteps(await readTraining(step.from), steps, mask))),
          }
        : step,
    );
  }
  return ready;
}

function overRealSteps(
  { features, instances }: Dataset,
  steps: readonly PreprocessStep[],
  mask: MaskChoice,
): Pick<Dataset, 'features' | 'instances'> {
  if (!steps.some(({ kind }) => kind === 'pad')) return { features, instances };
  const fill = usualFill(instances, features.length);
  return { features, instances: instances.map((one) => new Masked(one, features.length, mask, fill)) };
}

/** An instance with the padding that is found in it; its numbers are unpacked when they are asked for. */
class Masked implements Instance {
  readonly id: string;
  readonly index: number;
  readonly length: number;
  #mask: Uint8Array | undefined | null = null;

  constructor(
    private readonly of: Instance,
    private readonly features: number,
    private readonly choice: MaskChoice,
    private readonly fill: FileFill,
  ) {
    this.id = of.id;
    this.index = of.index;
    this.length = of.length;
  }

  get values(): Float64Array {
    return this.of.values;
  }

  get mask(): Uint8Array | undefined {
    if (this.#mask === null) {
      const { features, length, values, fill } = this;
      const series = { values, features, steps: length, source: range(0, length), fill };
      this.#mask = this.of.mask ?? foundIn(series, this.choice, '', []);
    }
    return this.#mask;
  }
}
