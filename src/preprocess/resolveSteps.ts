import type { Dataset } from '../data/dataset.ts';
import { fitStatistics } from './statistics.ts';
import type { PreprocessStep, ReadyStep } from './step.ts';

/**
 * Turns `standardize: { from }` into numbers by reading the training file.
 * @param readTraining reads it with the project's data options; the caller may cache
 */
export async function resolveSteps(
  steps: readonly PreprocessStep[],
  readTraining: (path: string) => Promise<Dataset>,
): Promise<ReadyStep[]> {
  const ready: ReadyStep[] = [];
  for (const step of steps) {
    ready.push(
      step.kind === 'standardize' && step.by === 'file'
        ? { kind: 'standardize', by: 'given', ...fitStatistics(await readTraining(step.from)) }
        : step,
    );
  }
  return ready;
}
