import type { Answers } from '../../attribution/asker.ts';
import type { ValuesOut } from '../../graph/foundLogits.ts';
import type { Random } from '../../random.ts';
import { Refusal } from '../../refusal.ts';
import type { Ask } from '../ask.ts';
import type { ValueChange } from '../audit.ts';
import type { MaskedModel } from '../auditModel.ts';
import type { Baseline } from '../baseline.ts';
import { bootstrapMean } from '../estimate.ts';
import { LAYOUT } from '../interventionNames.ts';
import { interventions } from '../interventions.ts';
import { NOTHING_TO_CHANGE, noneIsPadded } from '../unpadded.ts';

const MOVES_ALONG =
  'The model answers step by step, so with the padding the answers move along: there is no same answer to compare.';

/** The baseline with the output that is looked at in each instance, and the sd of what the model says there. */
interface Watched extends Baseline {
  readonly outputs: Int32Array;
  readonly sd: number | null;
}

/**
 * How far an output moves under every change of the padding.
 * @param watched the untouched cases with their answers
 */
export async function valueChanges(
  watched: Watched,
  values: ValuesOut,
  ask: Ask,
  random: Random,
): Promise<ValueChange[]> {
  const none = noneIsPadded(watched.cases, watched.shape);
  const changes: ValueChange[] = [];
  for (const { name: intervention, alter } of interventions(watched, random)) {
    const why = none
      ? NOTHING_TO_CHANGE.unavailable
      : values.perStep && LAYOUT.includes(intervention)
        ? MOVES_ALONG
        : undefined;
    try {
      const draws: Answers[] = [];
      if (why === undefined) for (const draw of alter()) draws.push(await draw(ask));
      const told =
        why === undefined ? figures(watched, watched.answers, draws, random) : { unavailable: why };
      changes.push({ intervention, ...told });
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason;
      changes.push({ intervention, unavailable: reason.message });
    }
  }
  return changes;
}

/** The same for the model with every layer masked, beside the untouched one. */
export async function maskedChange(
  watched: Watched,
  model: MaskedModel,
  random: Random,
): Promise<ValueChange> {
  const [plain, masked] = [await model.plain(watched.cases), await model.masked(watched.cases)];
  return { intervention: 'mask_every_layer', ...figures(watched, plain, [masked], random) };
}

function figures(
  { cases, outputs, sd }: Watched,
  before: Answers,
  draws: readonly Answers[],
  random: Random,
): Omit<Exclude<ValueChange, { unavailable: string }>, 'intervention'> {
  const signed = new Float64Array(cases.length);
  const absolute = new Float64Array(cases.length);
  for (const after of draws) {
    for (const i of cases.keys()) {
      const change = valueAt(after, i, outputs) - valueAt(before, i, outputs);
      signed[i]! += change / draws.length;
      absolute[i]! += Math.abs(change) / draws.length;
    }
  }
  const worst = absolute.indexOf(absolute.reduce((most, value) => Math.max(most, value), 0));
  const meanAbs = bootstrapMean(absolute, random);
  return {
    meanAbs,
    mean: bootstrapMean(signed, random),
    inSd: sd === null ? null : meanAbs.value / sd,
    worst: { id: cases[worst]!.id, index: cases[worst]!.index, change: signed[worst]! },
  };
}

/** The output looked at of the i-th instance. @param outputs [n] */
export function valueAt({ logits, classes }: Answers, i: number, outputs: Int32Array): number {
  return logits[i * classes + outputs[i]!]!;
}
