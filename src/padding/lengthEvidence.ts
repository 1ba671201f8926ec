import type { Random } from '../random.ts';
import type { Ask } from './ask.ts';
import type { Estimate, LengthEvidence, Unavailable } from './audit.ts';
import type { AuditCase, InputShape } from './auditCase.ts';
import { balancedAccuracy } from './balancedAccuracy.ts';
import { chooseDonors, swapContents } from './contentSwap.ts';
import { bootstrapMean, mean } from './estimate.ts';
import { leiEstimates } from './leiInterval.ts';
import { thereAndBack } from './move.ts';
import { type Pair, Transplants } from './transplants.ts';

/** Random partners per instance for the length swap. */
const PERMUTATIONS = 10;
/** Below this margin over chance a share of the margin means nothing. */
const LEAST_MARGIN = 0.05;

interface Swapping {
  /** Random partners per instance for the length swap, which supports and never decides. */
  readonly permutations?: number;
  /** Answers that are known already, e.g. from an audit with another seed. */
  readonly transplants?: Transplants;
}

/**
 * Does the model read the class off the length? Content is swapped between instances while each keeps its length and
 * padding (LEI); length is swapped while the content is kept, against a there-and-back control.
 *
 * LEI = (balanced accuracy with content swapped − chance) / (balanced accuracy − chance).
 *
 * The mean over random permutations has sd .15 at 60 instances, nearly all of it the luck of which classes meet. So
 * donors are drawn class by class and every instance meets every donor: for a model that reads content only, each
 * donor then scores exactly chance.
 * @param predicted [n] what the model says to the untouched cases
 */
export async function lengthEvidence(
  cases: readonly AuditCase[],
  predicted: Int32Array,
  shape: InputShape,
  ask: Ask,
  random: Random,
  swapping: Swapping = {},
): Promise<LengthEvidence | Unavailable> {
  const labelled = cases.every((one) => one.label !== null);
  const labels = cases.map((one, i) => (labelled ? one.label! : predicted[i]!));
  const refusal = whyNot(cases, labels, predicted, labelled);
  if (refusal) return { unavailable: refusal };
  const correct = Uint8Array.from(labels, (label, i) => (predicted[i] === label ? 1 : 0));
  const donors = chooseDonors(labels, random);
  const { permutations = PERMUTATIONS, transplants = new Transplants(cases, predicted, shape, ask) } =
    swapping;
  const swapped = await swapContents(labels, donors, transplants);
  return {
    labelled,
    ...leiEstimates({ labels, correct, donors, swapped }, random),
    ...(await lengthSwaps(cases, predicted, shape, ask, random, { permutations, transplants })),
    permutations: donors.length,
  };
}

function whyNot(
  cases: readonly AuditCase[],
  labels: readonly number[],
  predicted: Int32Array,
  labelled: boolean,
): string | null {
  const classes = new Set(labels).size;
  if (cases.length < 10) return 'Length evidence needs at least 10 instances: audit a file with more.';
  if (new Set(cases.map((one) => one.length)).size < 2)
    return 'Every instance has the same length: there is no length to read.';
  if (classes < 2)
    return labelled
      ? 'Length evidence needs instances of at least two classes.'
      : 'The model gives every instance the same class, so there is no answer that length could explain.';
  const accuracy = balancedAccuracy(
    labels.map((label, i) => (predicted[i] === label ? 1 : 0)),
    labels,
  );
  if (accuracy - 1 / classes < LEAST_MARGIN) {
    return `The model is hardly better than chance on these labels (balanced accuracy ${accuracy.toFixed(2)}, chance ${(1 / classes).toFixed(2)}): there is nothing for the length to explain.`;
  }
  return null;
}

/** Flip rates against the model's own answers, content kept: length swapped, and there-and-back. */
async function lengthSwaps(
  cases: readonly AuditCase[],
  predicted: Int32Array,
  shape: InputShape,
  ask: Ask,
  random: Random,
  { permutations, transplants }: Required<Swapping>,
): Promise<Record<'lengthSwapped' | 'resampleControl' | 'excessFlips', Estimate>> {
  const n = cases.length;
  const partners = Array.from({ length: permutations }, () => random.permutation(n));
  const flips = (answers: Int32Array) =>
    Float64Array.from({ length: n }, (_, i) =>
      mean(partners.map((_, k) => (answers[k * n + i] === predicted[i] ? 0 : 1))),
    );
  const pairs = partners.flatMap((order) => Array.from(order, (frame, content): Pair => [content, frame]));
  const swap = flips(await transplants.predicted(pairs));
  function* controls(): Generator<Float32Array> {
    for (const [content, frame] of pairs) {
      yield thereAndBack(cases[content]!, cases[frame]!.length, shape);
    }
  }
  const control = flips((await ask(controls(), shape.steps)).predicted);
  return {
    lengthSwapped: bootstrapMean(swap, random),
    resampleControl: bootstrapMean(control, random),
    excessFlips: bootstrapMean(
      swap.map((rate, i) => rate - control[i]!),
      random,
    ),
  };
}
