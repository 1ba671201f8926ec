import { createRandom } from '../random.ts';
import { helpAtChance } from './atChance.ts';
import { type Help, helpOf } from './choose.ts';
import { mcnemar } from './mcnemar.ts';
import { meanOf, pairedGain, parts } from './score.ts';
import type { AgainstTrained, Judged, Standing } from './standing.ts';

/**
 * A repair against the model as trained, on the same instances, with the rule's answer.
 * @param weights [instances] as cellWeights
 */
export function measured(
  before: Judged,
  after: Judged,
  weights: Float64Array,
  classes: number,
  seed: number,
): AgainstTrained {
  const random = createRandom(seed * 64 + 50);
  const own = parts(after, weights);
  const gain = pairedGain(parts(before, weights), own, random);
  const gains = gainsOf(before, after, seed);
  return {
    ...shown(after),
    change: gains.accuracy,
    lengthCrossedChange: gains.lengthCrossed,
    mcnemar: mcnemar(before.correct, after.correct),
    score: meanOf(own, random),
    gain,
    ...(oneAnswer(before, after) ??
      (before.margin.hardly
        ? helpAtChance(before, after, gains)
        : helpOf(before, after, gains, 1 / classes))),
  };
}

/** Answers that are all one cannot flip, and say nothing. */
function oneAnswer(before: Judged, after: Judged): Help | undefined {
  if (after.answered > 1 || before.answered === 1) return undefined;
  return { helps: false, why: 'It answers the same class whatever the series is.' };
}

/** Accuracy and accuracy at crossed lengths, after − before, paired. */
export function gainsOf(before: Judged, after: Judged, seed: number) {
  const random = createRandom(seed * 64 + 52);
  return {
    accuracy: pairedGain(Float64Array.from(before.correct), Float64Array.from(after.correct), random),
    lengthCrossed: pairedGain(before.crossed, after.crossed, random),
  };
}

/** Without what it is made of, instance by instance. */
export function shown({
  correct: _,
  crossed: __,
  margin: ___,
  carried: _c,
  answered: _a,
  ...standing
}: Judged): Standing {
  return standing;
}
