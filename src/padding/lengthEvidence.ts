import type { Case, InputShape } from '../preprocess/case.ts';
import { type Stretched, speedSaid } from '../preprocess/stretched.ts';
import type { Random } from '../random.ts';
import type { Ask } from './ask.ts';
import type { LengthEvidence, LengthResponse, Unavailable } from './audit.ts';
import { carriersOf } from './carriers.ts';
import { Donors } from './donors.ts';
import { leiEstimate } from './leiEstimate.ts';
import { isFirm } from './lengthAnswer.ts';
import { lengthResponse } from './lengthResponse.ts';
import { lengthSwaps } from './lengthSwaps.ts';
import { marginOf, marginWords } from './marginOf.ts';
import { SwapTable } from './swapTable.ts';
import { trustIn } from './transport.ts';
import { interval, two } from './wording.ts';

/** Altered series put to the model per round, and rounds while the answer is not firm. */
const RUNS_PER_ROUND = 3000;
const MOST_ROUNDS = 12;
const EARLY_ROUNDS = 2;
/** Ways per pair, on average over shorter and longer frames. */
const RUNS_PER_PAIR = 2.5;
const FEWEST_DONORS = 10;

/** For a model that has learnt from some of the instances, or that is one of many. */
interface Limits {
  /** At most so many; fewer where the answer is firm. */
  readonly rounds?: number;
  /** [n] Contents are continued with contents of their own group only. */
  readonly groups?: ArrayLike<number>;
  readonly stretched?: Stretched | undefined;
}

interface LengthFindings {
  readonly evidence: LengthEvidence | Unavailable;
  readonly response: LengthResponse | Unavailable;
}

/**
 * Does the model read the class off the length? Content is swapped between instances while each keeps its length (LEI),
 * and the answers to the same contents in short and in long frames are compared (response). The place and the value of
 * the padding go with the content, so that neither is taken for length.
 * @param predicted [n] what the model says to the untouched cases
 * @param classes how many the model knows
 */
export async function lengthEvidence(
  cases: readonly Case[],
  predicted: Int32Array,
  classes: number,
  shape: InputShape,
  ask: Ask,
  random: Random,
  { rounds: most = MOST_ROUNDS, groups, stretched }: Limits = {},
): Promise<LengthFindings> {
  const n = cases.length;
  if (n < 10) return both('Length evidence needs at least 10 instances: audit a file with more.');
  const lengths = cases.map((one) => one.length);
  if (new Set(lengths).size < 2)
    return both(
      `Every instance has the same length: there is no length to read${stretched ? `, but ${speedSaid(stretched)}` : ''}.`,
    );
  const labelled = cases.every((one) => one.label !== null);
  const labels = cases.map((one, i) => (labelled ? one.label! : predicted[i]!));
  const correct = Uint8Array.from(labels, (label, i) => (predicted[i] === label ? 1 : 0));
  const refusal = whyNot(labels, correct, labelled);
  const carriers = carriersOf(cases, shape);
  const table = new SwapTable(
    cases,
    labels,
    shape,
    'unavailable' in carriers ? null : carriers,
    random,
    groups,
  );
  const donors = new Donors(labels, random);
  const each = Math.max(FEWEST_DONORS, Math.floor(RUNS_PER_ROUND / (RUNS_PER_PAIR * n)));
  let rounds = 0;
  let estimate = null;
  do {
    await table.add(donors.next(each), ask);
    rounds++;
    if (refusal) break;
    estimate = leiEstimate({ table, labels, lengths, correct });
  } while (rounds < most && !(estimate && isFirm(estimate, rounds <= EARLY_ROUNDS)));
  const ways = trustIn(table, labels, correct);
  const response = lengthResponse(table, ways, lengths, labels, classes);
  if (refusal) return { evidence: { unavailable: refusal }, response };
  if (!estimate) return { evidence: { unavailable: tooNearChance(labels, correct) }, response };
  const swaps = await lengthSwaps({ cases, predicted, table, shape }, ask, random);
  return {
    evidence: {
      labelled,
      ...estimate,
      ...swaps,
      splitFromCarrier: !('unavailable' in carriers),
      permutations: rounds * each,
    },
    response,
  };
}

function both(unavailable: string): LengthFindings {
  return { evidence: { unavailable }, response: { unavailable } };
}

function whyNot(labels: readonly number[], correct: Uint8Array, labelled: boolean): string | null {
  const classes = new Set(labels).size;
  if (classes < 2)
    return labelled
      ? 'Length evidence needs instances of at least two classes.'
      : 'The model gives every instance the same class, so there is no answer that length could explain.';
  const margin = marginOf(correct, labels);
  if (!margin.hardly) return null;
  return `The model is hardly better than chance on these labels (${marginWords(margin)}): there is nothing for the length to explain.`;
}

function tooNearChance(labels: readonly number[], correct: Uint8Array): string {
  const { balancedAccuracy, interval: range, chance } = marginOf(correct, labels);
  return `On ${labels.length} instances a balanced accuracy of ${two(balancedAccuracy)} ${interval(range, two)} cannot be told from chance (${two(chance)}), so there may be nothing for the length to explain: more labelled instances would tell.`;
}
