import type { Unavailable } from '../padding/audit.ts';
import { boundedMean } from '../padding/boundedMean.ts';
import { bootstrapMean, mean } from '../padding/estimate.ts';
import type { ChannelUnits } from '../padding/refill.ts';
import type { InputShape } from '../preprocess/case.ts';
import type { Random } from '../random.ts';
import { cellsOf, type RankedBy } from './cells.ts';
import { cellCount } from './curve.ts';
import type { PaddingWorth } from './evaluation.ts';
import type { EvaluationModel } from './evaluationModel.ts';
import type { ExplainedCase } from './explainedCase.ts';
import { highestFirst } from './order.ts';
import { type CellReplacement, replacing } from './replacement.ts';

const TOP = 0.1;

/** How much of the map's top is padding, and what the answer loses when the padding cells alone are replaced. */
export async function paddingWorth(
  cases: readonly ExplainedCase[],
  shape: InputShape,
  units: Pick<ChannelUnits, 'mean' | 'sd'>,
  settings: { readonly ranking: RankedBy; readonly replacements: readonly CellReplacement[] },
  { ask }: Pick<EvaluationModel, 'ask'>,
  random: Random,
): Promise<PaddingWorth | Unavailable> {
  const padded = cases.filter((one) => one.length < shape.steps);
  if (padded.length === 0) return { unavailable: 'No instance is padded, so there are no padding cells.' };
  const drop: PaddingWorth['drop'][number][] = [];
  for (const replacement of settings.replacements) {
    const inputs = padded.map((one) => {
      const removed = new Uint8Array(one.x.length);
      for (let i = 0; i < removed.length; i++) removed[i] = one.mask[i % shape.steps] ? 0 : 1;
      return { x: replacing(replacement, one, shape, units, 'all', random)(removed), mask: one.mask };
    });
    const { probabilities, classes } = await ask(inputs, shape.steps, inputs.length);
    const falls = padded.map(
      ({ probability, target }, i) => probability - probabilities[i * classes + target]!,
    );
    drop.push({ replacement, drop: bootstrapMean(falls, random) });
  }
  return {
    cells: mean(padded.map(({ length }) => 1 - length / shape.steps)),
    inTop: boundedMean(padded.map((one) => topOnPadding(one, shape, settings.ranking, random))),
    drop,
  };
}

function topOnPadding(
  { map, mask }: ExplainedCase,
  { features }: InputShape,
  ranking: RankedBy,
  random: Random,
): number {
  const cells = cellsOf(map, features, mask, 'all', ranking);
  const order = highestFirst(cells.scores, random);
  const top = order.subarray(0, Math.max(1, cellCount(TOP, order.length)));
  return mean(Float64Array.from(top, (cell) => 1 - mask[cells.step[cell]!]!));
}
