import type { Classifier } from '../../graph/classifier.ts';
import type { Runtime } from '../../graph/runtime.ts';
import { untouched } from '../../padding/ask.ts';
import { isOneAnswer } from '../../padding/oneAnswer.ts';
import type { Case, InputShape } from '../../preprocess/case.ts';
import { PlainAnswers } from '../audit/plainAnswers.ts';

/** Evenly spread over the file. */
const MOST_ASKED = 64;

/**
 * Said where a masked model answers the same for all series of a file and the model itself does not: it is of no use for
 * them, whatever it does with others.
 */
export async function sameForAll(
  plain: Classifier,
  masked: Classifier,
  runtime: Runtime,
  cases: readonly Case[],
  { steps }: InputShape,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const count = Math.min(cases.length, MOST_ASKED);
  const some = Array.from({ length: count }, (_, i) => cases[Math.floor((i * cases.length) / count)]!);
  const isOne = async (classifier: Classifier) => {
    const answers = new PlainAnswers(classifier, runtime, steps, () => signal?.throwIfAborted());
    try {
      return isOneAnswer(some, await answers.ask(untouched(some), steps));
    } finally {
      await answers.dispose();
    }
  };
  if (count < 2 || !(await isOne(masked)) || (await isOne(plain))) return [];
  return [
    `The masked model answers the same for all ${count} series ${count < cases.length ? `(of ${cases.length}) ` : ''}that were put to it, and the model itself does not: what it reads its answer from lies on their padding.`,
  ];
}
