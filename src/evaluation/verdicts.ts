import { count, formatShare } from '../format.ts';
import type { Unavailable } from '../padding/audit.ts';
import { interval, joined, percent } from '../padding/wording.ts';
import type {
  CompletenessFigures,
  Evaluation,
  EvaluationVerdict,
  Randomisation,
  RemovalResult,
  TruthScores,
} from './evaluation.ts';
import { replacementName } from './replacement.ts';
import { EVALUATION_THRESHOLDS as LIMITS } from './thresholds.ts';

const two = (value: number) => value.toFixed(2);
const three = (value: number) => value.toFixed(3);
const perCent = (share: number) =>
  share > 0 && share < 1e-5 ? '< 0.001 %' : `${Number((100 * share).toPrecision(2))} %`;

/** Is the map's order of cells better than a random one, whatever the cells are replaced by? */
function orderVerdict(removal: readonly RemovalResult[], instances: number): EvaluationVerdict {
  const real = removal.filter(({ scope }) => scope === 'real');
  const worst = real.reduce((a, b) => (weaker(b).value < weaker(a).value ? b : a));
  const { value, interval: range } = weaker(worst);
  const numbers = { worstGain: value, low: range[0], high: range[1], instances };
  if (instances < LIMITS.fewestInstances) {
    const beaten = Math.min(...real.map(({ better }) => better));
    const said = `Taking away the highest cells first beats ${percent(beaten)} of random orders under ${replacementName(worst.replacement)}, the worst of ${count(real.length, 'replacement')} (gain ${three(value)})`;
    return cannotTell(`${said}; a verdict needs at least ${LIMITS.fewestInstances} instances.`, {
      ...numbers,
      beaten,
    });
  }
  const good = real.filter((one) => gains(one).every(({ interval: [low] }) => low > 0));
  const bad = real.filter((one) => gains(one).some(({ interval: [, high] }) => high <= 0));
  const said = `deletion and insertion on ${count(instances, 'instance')}, least gain in area ${three(value)} ${interval(range, three)} under ${replacementName(worst.replacement)}`;
  if (good.length === real.length) {
    return {
      answer: 'better than random',
      reason: `Better than a random order under ${names(real)}: ${said}.`,
      numbers,
    };
  }
  if (bad.length === real.length) {
    return {
      answer: 'no better than random',
      reason: `No better than a random order under ${names(real)}: ${said}.`,
      numbers,
    };
  }
  if (good.length > 0 && bad.length > 0) {
    return {
      answer: 'depends on the replacement',
      reason: `Better than a random order under ${names(good)}, not under ${names(bad)}: ${said}. No single replacement is enough.`,
      numbers,
    };
  }
  const open = real.filter((one) => !good.includes(one));
  return cannotTell(
    `Under ${names(open)} the interval of the gain does not lie above 0: ${said}. More instances would tell.`,
    numbers,
  );
}

function gains({ deletionGain, insertionGain }: RemovalResult) {
  return [deletionGain, insertionGain] as const;
}

function weaker(result: RemovalResult) {
  const [deletion, insertion] = gains(result);
  return insertion.value < deletion.value ? insertion : deletion;
}

function names(results: readonly RemovalResult[]): string {
  return joined(results.map(({ replacement }) => replacementName(replacement)));
}

/** Does the map change when what was learned is taken out of the weights? */
export function weightsVerdict(found: Randomisation | Unavailable, bottleneck: boolean): EvaluationVerdict {
  if ('unavailable' in found) return cannotTell(found.unavailable);
  const last = found.cascade.at(-1)!;
  const { value, interval: range } = last.correlation;
  const numbers = {
    correlation: value,
    low: range[0],
    high: range[1],
    instances: found.n,
    draws: found.draws,
  };
  if (Number.isNaN(value)) {
    return cannotTell(
      'With all weights drawn anew every map is constant, so there is nothing to rank; try signed maps (no ReLU).',
      {
        instances: found.n,
      },
    );
  }
  const said = `With all weights drawn anew the map's |rank correlation| with the original is ${two(value)} ${interval(range, two)} over real steps (${count(found.n, 'instance')}, ${count(found.draws, 'draw')})`;
  const kept = structural(found, bottleneck);
  if (range[0] > LIMITS.randomised) {
    return {
      answer: 'does NOT rest on the weights',
      reason: `${said}: above ${LIMITS.randomised}, it shows the input and the architecture, not what was learned.${kept}`,
      numbers,
    };
  }
  if (range[1] <= LIMITS.randomised) {
    return { answer: 'rests on the weights', reason: `${said}, below ${LIMITS.randomised}.${kept}`, numbers };
  }
  return cannotTell(
    `${said}, which straddles ${LIMITS.randomised}: more instances would tell.${kept}`,
    numbers,
  );
}

/** Where stages above the layer cannot move the map, that is how the map is built: ATTRIBUTION.md, class degeneracy. */
function structural({ independent }: Randomisation, bottleneck: boolean): string {
  const fixed = independent.filter(({ above, correlation }) => above && correlation.value > 0.999);
  if (fixed.length === 0) return '';
  const why = bottleneck
    ? 'a convolution to one channel follows this layer, so every class and every head share one map up to a signed factor'
    : 'they act on the gradient only, and scale it as a whole';
  return ` Weights of ${joined(fixed.map(({ stage }) => stage))} do not move it at all: ${why}.`;
}

function sumVerdict(found: CompletenessFigures | Unavailable): EvaluationVerdict {
  if ('unavailable' in found) return { answer: 'not defined', reason: found.unavailable, numbers: {} };
  const { identity, gap, largest, relative, tolerance } = found;
  const numbers = { gap: gap.value, largest, relative, instances: gap.n };
  const said = `Σ map against ${identity}: mean gap ${gap.value.toPrecision(2)} logits (${perCent(relative)}), largest ${largest.toPrecision(2)}, on ${count(gap.n, 'instance')}`;
  return relative <= tolerance
    ? { answer: 'adds up', reason: `${said}.`, numbers }
    : { answer: 'does not add up', reason: `${said}; up to ${100 * tolerance} % is expected.`, numbers };
}

function truthVerdict(found: TruthScores | Unavailable): EvaluationVerdict {
  if ('unavailable' in found) return { answer: 'no truth given', reason: found.unavailable, numbers: {} };
  const { pointing, pointingChance, aup, aur, aupChance } = found.real;
  const [low, high] = pointing.interval;
  const numbers = {
    pointing: pointing.value,
    low,
    high,
    chance: pointingChance,
    aup: aup.value,
    aur: aur.value,
    instances: found.n,
  };
  const said = `The highest cell is a salient one in ${percent(pointing.value)} ${interval(pointing.interval, percent)} of ${count(found.n, 'map')} (chance ${formatShare(pointingChance)}); AUP ${two(aup.value)} (chance ${two(aupChance)}), AUR ${two(aur.value)}`;
  if (found.n < LIMITS.fewestInstances) {
    return cannotTell(`${said}; a verdict needs at least ${LIMITS.fewestInstances} instances.`, numbers);
  }
  if (low > pointingChance) return { answer: 'finds the truth', reason: `${said}.`, numbers };
  if (high <= pointingChance) return { answer: 'misses the truth', reason: `${said}.`, numbers };
  return cannotTell(`${said}; the interval holds the level of chance: more instances would tell.`, numbers);
}

/**
 * @param instances judged
 * @param bottleneck a convolution to one channel follows the layer
 */
export function evaluationVerdicts(
  found: Pick<Evaluation, 'removal' | 'randomisation' | 'completeness' | 'truth'>,
  instances: number,
  bottleneck: boolean,
): Evaluation['verdicts'] {
  return {
    order: orderVerdict(found.removal, instances),
    weights: weightsVerdict(found.randomisation, bottleneck),
    sum: sumVerdict(found.completeness),
    truth: truthVerdict(found.truth),
  };
}

function cannotTell(reason: string, numbers: Record<string, number> = {}): EvaluationVerdict {
  return { answer: 'cannot tell', reason, numbers };
}
