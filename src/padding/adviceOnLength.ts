import type { Advice, Audit, Verdict } from './audit.ts';
import type { AuditOrder } from './auditOrder.ts';
import { SNIPPETS } from './snippets.ts';
import { THRESHOLDS } from './thresholds.ts';
import { estimateWords, percent, two } from './wording.ts';

/** What advice rests on. */
export type Measured = Omit<Audit, 'advice'> & GraphFacts;

/** What the model's graph says to it. */
export interface GraphFacts {
  /** Steps that one position of the layer looked at reads. */
  readonly receptiveField: number | null;
  /** Layers with weights of their own for every position. */
  readonly stepWeights: readonly string[];
  /** Whether its layers are masked already, by a mask that it finds in the series or takes as an input. */
  readonly layersMasked: 'no' | 'finds its mask' | 'takes its mask';
  /** Why no mask can be laid over its layers, in one sentence. */
  readonly unmaskable?: string;
  readonly learnt?: AuditOrder['learnt'];
}

/** The measurements behind this advice: 94 trained models, mended in many ways, on held-out data. */
const MEASURED = '94 models, generated sets and JapaneseVowels, held-out data';

/** What follows from the answer about length; nothing is claimed where it could not be told. */
export function lengthAdvice(audit: Measured): Advice[] {
  switch (audit.verdicts.lengthEvidence.answer) {
    case 'YES':
      return [readsLength(audit), doNotScale];
    case 'responds, worth nothing on this data':
      return [responds(audit)];
    default:
      return leaks(audit) ? [dataLeak(audit)] : [];
  }
}

function readsLength(audit: Measured): Advice {
  const { unmaskable } = audit;
  const harm = reflectionHarm(audit);
  const banned = harm > THRESHOLDS.reflectionHarm;
  const ban = banned
    ? `Do not reflect here: reflected contents lose ${percent(harm)} of their right answers even in frames of their own class; order or direction seems to carry the class.`
    : 'Never reflect where order or direction carries the class (accuracy −0.11 there).';
  if (unmaskable !== undefined) return readsLengthUnmasked(unmaskable, banned, ban);
  return {
    code: 'model-reads-length',
    sentence: `The model reads the class off the length. ${maskAndRefitFirst(audit)}; the length goes only where training lengths say nothing about the class: random length, drawn alike for all classes, by cropping and, where a series is shorter, by reflection. ${ban} Random position and a mask channel leave the length where it is.`,
    basis: `${MEASURED}: length evidence 0.41 as trained, 0.20 masked with the head refitted, 0.08 with the head refitted on cropped and reflected copies too; random position 0.39, mask channel 0.51 (0.50 without).`,
    tryIt: banned ? 'head' : 'head-random-length',
    snippets: banned ? SNIPPETS.maskedLayers : SNIPPETS.randomLength,
  };
}

/** What needs no mask is left: lengths that say nothing. */
function readsLengthUnmasked(why: string, banned: boolean, ban: string): Advice {
  const repair = banned
    ? 'crop series to lengths drawn alike for all classes and train again'
    : RANDOM_LENGTH;
  return {
    code: 'model-reads-length',
    sentence: `The model reads the class off the length, and masks cannot be laid over its layers: ${sentenceOf(why)} What is left are training lengths that say nothing about the class: ${repair}. ${ban}`,
    basis: UNMEASURED,
    tryIt: banned ? null : 'head-random-length',
    snippets: SNIPPETS.randomLength,
  };
}

const RANDOM_LENGTH =
  'random length, drawn alike for all classes, by cropping and, where a series is shorter, by reflection';
const UNMEASURED =
  'The graph. What random lengths do to models that take no mask was not measured on others: repair measures it on this one.';

/** A reason may end in a full stop or not. */
export function sentenceOf(reason: string): string {
  return reason.endsWith('.') ? reason : `${reason}.`;
}

/** What reflected contents lose of their right answers in frames of their own class: reflection turns time round. */
function reflectionHarm({ lengthEvidence: found }: Measured): number {
  if ('unavailable' in found) return 0;
  return Math.max(0, ...found.ways.filter(({ way }) => way === 'reflect').map(({ deficit }) => -deficit));
}

const doNotScale: Advice = {
  code: 'do-not-scale',
  sentence:
    'Do not scale all series to one length (uniform scaling) to get rid of it: the length stays readable as tempo.',
  basis: `${MEASURED}: length evidence 0.50 → 0.75, accuracy on series whose length disagrees with their class −0.10.`,
  tryIt: null,
};

function responds(audit: Measured): Advice {
  const { unmaskable } = audit;
  const follow = leaks(audit)
    ? `The answers follow the length, which brings this model nothing here although the data leak length${figuresOf(audit)}.`
    : 'The answers follow the length although it is worth nothing here.';
  const code = 'model-responds-to-length';
  if (unmaskable !== undefined) {
    return {
      code,
      sentence: `${follow} Masks cannot be laid over its layers: ${sentenceOf(unmaskable)} Before you rely on the model where length is worth something, train it on random lengths, drawn alike for all classes.`,
      basis: UNMEASURED,
      tryIt: 'head-random-length',
      snippets: SNIPPETS.randomLength,
    };
  }
  return {
    code,
    sentence: `${follow} Before you rely on the model where it is worth something: ${maskAndRefitFirst(audit).toLowerCase()}.`,
    basis: `${MEASURED}: where length says nothing, accuracy −0.010 ± 0.012; length evidence where it leaks 0.41 → 0.20.`,
    tryIt: 'head',
    snippets: SNIPPETS.maskedLayers,
  };
}

function maskAndRefitFirst({ layersMasked }: Measured): string {
  return layersMasked === 'no'
    ? 'Mask every layer and refit the last linear one'
    : 'Refit the last linear layer, the others being masked';
}

/** How it stands with the model where the data leak length, by what was found of it. */
const STANDING: Readonly<Partial<Record<Verdict['answer'], string>>> = {
  no: ', and this model does not read it: ask again when you retrain.',
  unclear: ', and this model reads a little of it, beside much else: ask again when you retrain.',
};

function dataLeak(audit: Measured): Advice {
  const standing =
    STANDING[audit.verdicts.lengthEvidence.answer] ?? '; whether this model uses that could not be told.';
  return {
    code: 'data-leak-length',
    sentence: `The data leak length${figuresOf(audit)}${standing}`,
    basis: 'A depth-3 tree on the lengths of this file, cross-validated, with label permutations.',
    tryIt: null,
  };
}

function figuresOf({ lengthOnlyBaseline: baseline }: Measured): string {
  return 'unavailable' in baseline
    ? ''
    : ` (length alone: balanced accuracy ${estimateWords(baseline.tree, two)}, chance ${two(baseline.chance)})`;
}

function leaks({ lengthOnlyBaseline: baseline }: Measured): boolean {
  return (
    !('unavailable' in baseline) && baseline.p < THRESHOLDS.baselineP && baseline.tree.value > baseline.chance
  );
}
