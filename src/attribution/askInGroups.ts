import type { LoadedGraph } from '../graph/runtime.ts';
import type { MaskedSeries } from '../preprocess/case.ts';
import { Refusal } from '../refusal.ts';
import { inGroups } from '../runtime/inGroups.ts';
import { runInBatches } from '../runtime/runInBatches.ts';
import type { ExplainedModel } from './explainTask.ts';
import { rowFeeds, rowOf } from './feeds.ts';

/** How series are put to a model. */
interface Asking {
  readonly session: LoadedGraph;
  readonly steps: number;
  /** The output that holds the logits [n, C]. */
  readonly logits: string;
  /** Series per run, at most. */
  readonly most: number;
  /** Called before every run with its series and how many came before: to report, and to stop by throwing. */
  readonly beforeRun: (now: number, before: number) => void;
}

/** [C] logits of each series, in order. @throws Refusal `batch-mismatch` where answers are not one for each series */
export async function askInGroups(
  model: Pick<ExplainedModel, 'input' | 'maskInput'>,
  series: Iterable<MaskedSeries>,
  { session, steps, logits, most, beforeRun }: Asking,
): Promise<Float32Array[]> {
  const { batch } = model.input;
  const size =
    batch === null ? ({ kind: 'upTo', size: most } as const) : ({ kind: 'fixed', size: batch } as const);
  const rows: Float32Array[] = [];
  await inGroups(series, most, async (group, before) => {
    beforeRun(group.length, before);
    const results = await runInBatches(session, rowFeeds(model, group, steps), size, [logits]);
    const given = results[logits]!;
    if (given.dims[0] !== group.length) {
      throw new Refusal(
        'batch-mismatch',
        `The model gives ${given.dims[0] ?? 'no'} answers for ${group.length} series of ${steps} steps, so that none of them can be told.`,
      );
    }
    for (const n of group.keys()) rows.push(rowOf(given, n));
  });
  return rows;
}
