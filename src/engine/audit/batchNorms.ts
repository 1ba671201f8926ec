import { rowFeeds } from '../../attribution/feeds.ts';
import { constantValues } from '../../graph/constantValue.ts';
import { anyOutput } from '../../graph/cutGraph.ts';
import { hasTime } from '../../graph/masking/positionMask.ts';
import { standing } from '../../graph/receptive/standing.ts';
import { elementCount, numbers } from '../../graph/tensor.ts';
import { type BatchNormStatistics, ChannelMeans } from '../../padding/batchNormShift.ts';
import type { Case, InputShape } from '../../preprocess/case.ts';
import type { OpenModel } from '../models.ts';

const MOST_PER_RUN = 16;
/** Values of all that a run gives back. */
const VALUES_PER_RUN = 2 ** 20;

/** What reaches every batch normalisation from real steps, beside what it was fitted on. Time must be the last axis. */
export async function batchNormStatistics(
  { classifier, runtime }: OpenModel,
  { steps }: InputShape,
  cases: readonly Case[],
): Promise<BatchNormStatistics[]> {
  const constants = constantValues(classifier.graph);
  const found = classifier.graph.nodes.flatMap((node) => {
    if (node.op !== 'BatchNormalization') return [];
    const [x, , , mean, variance] = node.inputs;
    const track = classifier.tracks.get(x!);
    const [runningMean, runningVariance] = [constants.get(mean!), constants.get(variance!)];
    if (!runningMean || !runningVariance || !hasTime(track) || track.roles.at(-1) !== 'time') return [];
    const at = Array.from(standing(track.field), (centre) =>
      Math.min(steps - 1, Math.max(0, Math.round(centre))),
    );
    return [
      {
        name: node.name,
        x: x!,
        at,
        runningMean: numbers(runningMean),
        runningVariance: numbers(runningVariance),
      },
    ];
  });
  if (found.length === 0) return [];
  const names = [...new Set(found.map(({ x }) => x))];
  const outputs = names.map(anyOutput);
  const session = await runtime.load({ ...classifier.graph, outputs }, { planMemory: false });
  const real = found.map(({ runningMean }) => new ChannelMeans(runningMean.length));
  const all = found.map(({ runningMean }) => new ChannelMeans(runningMean.length));
  const perRow =
    names.reduce((sum, name) => sum + elementCount(classifier.shapes.dims(name) ?? []), 0) /
    classifier.shapes.batch;
  const fitting = Math.max(1, Math.min(MOST_PER_RUN, Math.floor(VALUES_PER_RUN / perRow)));
  const size = classifier.input.batch ?? fitting;
  try {
    for (let from = 0; from + (classifier.input.batch ?? 1) <= cases.length; from += size) {
      const group = cases.slice(from, from + size);
      const results = await session.run(rowFeeds(classifier, group, steps));
      found.forEach((norm, k) => {
        const { data: given } = results[norm.x]!;
        const data = given instanceof Float32Array ? given : Float32Array.from(numbers(results[norm.x]!));
        const width = data.length / group.length;
        group.forEach((one, i) => {
          const activation = data.subarray(i * width, (i + 1) * width);
          const lie = Uint8Array.from(norm.at, (step) => one.mask[step]!);
          real[k]!.add(activation, lie);
          all[k]!.add(activation, lie.fill(1));
        });
      });
    }
  } finally {
    await session.dispose();
  }
  return found.map((norm, k) => ({ ...norm, realMean: real[k]!.means(), allMean: all[k]!.means() }));
}
