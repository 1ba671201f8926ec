import { boundedMean, pairedChange } from '../padding/boundedMean.ts';
import { helpAtChance } from './atChance.ts';
import { type Help, helpOf } from './choose.ts';
import { mcnemar } from './mcnemar.ts';
import { MOST_IN_A_PART, parts } from './score.ts';
import type { AgainstTrained, Judged, Standing } from './standing.ts';

/**
 * A repair against the model as trained, on the same instances, with the rule's answer.
 * @param weights [instances] as cellWeights
 */
export function measured(before: Judged, after: Judged, weights: Float64Array): AgainstTrained {
  const own = parts(after, weights);
  const gain = pairedChange(parts(before, weights), own, MOST_IN_A_PART);
  const gains = gainsOf(before, after);
  return {
    ...shown(after),
    change: gains.accuracy,
    lengthCrossedChange: gains.lengthCrossed,
    mcnemar: mcnemar(before.correct, after.correct),
    score: boundedMean(own, [0, MOST_IN_A_PART]),
    gain,
    ...(oneAnswer(before, after) ??
      (before.margin.hardly
        ? helpAtChance(before, after, gains)
        : helpOf(before, after, gains, before.margin.chance))),
  };
}

/** Answers that are all one cannot flip, and say nothing. */
function oneAnswer(before: Judged, after: Judged): Help | undefined {
  if (after.answered > 1 || before.answered === 1) return undefined;
  return { helps: false, why: 'It answers the same class whatever the series is.' };
}

/** Accuracy and accuracy at crossed lengths, after − before, paired. */
export function gainsOf(before: Judged, after: Judged) {
  return {
    accuracy: pairedChange(before.correct, after.correct),
    lengthCrossed: pairedChange(before.crossed, after.crossed),
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
