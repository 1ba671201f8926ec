import { askInGroups } from '../attribution/askInGroups.ts';
import { argmax } from '../attribution/probabilities.ts';
import type { Classifier } from '../graph/classifier.ts';
import type { Graph } from '../graph/graph.ts';
import { rowsPerRun } from '../graph/rowsPerRun.ts';
import type { Runtime } from '../graph/runtime.ts';
import type { SeriesShape, TrainingSeries } from './series.ts';

const BATCH = 64;

/** The model a graph of weights belongs to: everything but the weights. */
type Judged = Pick<Classifier, 'graph' | 'shapes' | 'input' | 'maskInput' | 'logits'>;

/** Whether each series is answered rightly; an answer that is no number is wrong. @param graph the model with the weights to be judged */
export async function rightAnswers(
  graph: Graph,
  model: Judged,
  runtime: Runtime,
  series: readonly TrainingSeries[],
  shape: SeriesShape,
): Promise<boolean[]> {
  const output = { name: model.logits, dtype: null, dims: [] };
  const session = await runtime.load({ ...graph, outputs: [output] }, { planMemory: false });
  try {
    const asking = {
      session,
      steps: shape.steps,
      logits: model.logits,
      most: rowsPerRun(model, BATCH),
      beforeRun: () => {},
    };
    const logits = await askInGroups(model, series, asking);
    return series.map(({ label }, n) => argmax(logits[n]!) === label && !logits[n]!.some(Number.isNaN));
  } finally {
    await session.dispose();
  }
}

/** Share of right answers; 0 of none. */
export function shareOf(right: readonly boolean[]): number {
  return right.filter(Boolean).length / Math.max(1, right.length);
}
