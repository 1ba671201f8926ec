import { type GraphFacts, lengthAdvice, type Measured } from './adviceOnLength.ts';
import { paddingAdvice } from './adviceOnPadding.ts';
import type { Advice, Audit } from './audit.ts';
import { SNIPPETS } from './snippets.ts';

/** What to do, from what was found; most pressing first. Nothing found, nothing advised. */
export function adviceFor(audit: Omit<Audit, 'advice'>, graph: GraphFacts): Advice[] {
  const found: Measured = { ...audit, ...graph };
  const pressing = asRepaired(graph, [
    ...preprocessingAdvice(audit),
    ...[...lengthAdvice(found), ...paddingAdvice(found)].map((one) => inItsForm(one, audit)),
  ]);
  return [
    ...pressing,
    ...(graph.unmaskable === undefined && pressing.some(({ tryIt }) => tryIt !== null)
      ? [MASK_MUST_TRAVEL]
      : []),
    ...windowAdvice(found),
    ...readingAdvice(audit),
  ];
}

/** A mask cannot be found again by the padding where that holds more than one value: the model has to take it. */
function inItsForm(one: Advice, { preprocessing }: Pick<Audit, 'preprocessing'>): Advice {
  const isTold = preprocessing.some(({ code }) => code === 'padding-not-constant');
  return one.tryIt !== null && isTold ? { ...one, maskInput: true } : one;
}

/** A repair is not judged on what the model was repaired with, so none is to be tried with these data. */
function asRepaired({ learnt }: GraphFacts, advice: readonly Advice[]): Advice[] {
  const none = !learnt || learnt.by === 'train' || advice.every(({ tryIt }) => tryIt === null);
  if (none) return [...advice];
  const { n = 0, of = 0 } = learnt;
  const isPart = n < of;
  return [
    ...advice.map(({ maskInput: _, ...one }): Advice => ({ ...one, tryIt: null })),
    {
      code: 'repaired-with-these',
      sentence: `This model was repaired with ${isPart ? `${n} of these ${of} instances` : 'these very instances'} (${learnt.by}), so no repair of it can be judged on ${isPart ? 'the few that are left' : 'them'}: to try another one, repair ${learnt.model ?? 'the model it was made from'}, with --mask-input where it may take its mask as a second input; or audit and repair this one with labelled instances it has not learnt from.`,
      basis: "What the model's file says of the data it has learnt from.",
      tryIt: null,
      ...(advice.some(({ maskInput }) => maskInput) && { maskInput: true }),
      ...(learnt.isBeside && learnt.model !== undefined && { onModel: learnt.model }),
    },
  ];
}

const MASK_MUST_TRAVEL: Advice = {
  code: 'mask-must-travel',
  sentence:
    'A model made with a mask needs it at every call: called without, it is worse than the one before the repair.',
  basis:
    'Measured on repaired models called without their mask: accuracy 0.86 → 0.66, 28 to 46 % of answers flip.',
  tryIt: null,
};

function preprocessingAdvice({ preprocessing }: Pick<Audit, 'preprocessing'>): Advice[] {
  const codes = preprocessing.map(({ code }) => code);
  if (!codes.includes('padded-before-standardising') && !codes.includes('statistics-polluted')) return [];
  return [
    {
      code: 'standardise-then-pad',
      sentence:
        'Fit mean and standard deviation on the real steps, standardise, and pad afterwards: then padding is the channel mean and pollutes nothing.',
      basis: 'The padded input of this file; what the change does to accuracy was not measured.',
      tryIt: null,
      snippets: SNIPPETS.standardiseThenPad,
    },
  ];
}

function windowAdvice({ receptiveField, steps, verdicts }: Measured): Advice[] {
  if (receptiveField === null || receptiveField <= 0.5 * steps) return [];
  const whole = receptiveField >= steps;
  const length =
    whole && verdicts.lengthEvidence.answer === 'YES'
      ? ' How many real steps lie under such a window is itself a length, which no mask takes away: retrain with a shorter one.'
      : '';
  return [
    {
      code: 'window-too-long',
      sentence: `One position of this layer reads ${whole ? `all ${steps}` : `${receptiveField} of ${steps}`} steps, so maps spread far into the padding: a shorter window (window_perc in tsai's XCM) reads sharper.${length}`,
      basis: 'The receptive field of the layer, from the graph.',
      tryIt: null,
      snippets: SNIPPETS.shorterWindow,
    },
  ];
}

/** About reading maps, not about the model. */
function readingAdvice({ verdicts, maps }: Pick<Audit, 'verdicts' | 'maps'>): Advice[] {
  const { answer, numbers } = verdicts.mapArtefact;
  const advice: Advice[] = [];
  if (answer !== 'cannot tell' && (numbers.padding ?? 0) > 0.1) {
    advice.push({
      code: 'read-with-hirescam',
      sentence:
        'For reading, prefer HiResCAM or occlusion: no channel weight is averaged over padding there. Do not crop the map to the real steps: MIXED positions hold evidence from real steps.',
      basis: 'How the maps are made, and the share of this map on padding.',
      tryIt: null,
    });
  }
  if (maps.some((facts) => facts.degeneracy.cause === 'structural')) {
    advice.push({
      code: 'class-degenerate-layer',
      sentence:
        'At a layer before a one-channel bottleneck every class gets the same map up to one factor: it cannot say why this class rather than another. Read the layer after the bottleneck for that.',
      basis: 'The graph, and maps of all classes on these instances.',
      tryIt: null,
    });
  }
  return advice;
}
