import type { Explanation } from '../attribution/explanation.ts';
import { Refusal } from '../refusal.ts';

/** As the engine knows numbers that came in no file. */
export const GIVEN_NAME = 'series.npz';

/** What is said of numbers that the caller gave, who wrote no file. @throws Refusal that of `work`, in these words */
export async function inGivenWords(work: Promise<Explanation>): Promise<Explanation> {
  try {
    const { findings, ...rest } = await work;
    // Numbers are raw, as api.md says, whatever they are held in.
    const own = findings.filter(({ code }) => code !== 'array-not-float32');
    return { ...rest, findings: own.map((each) => ({ ...each, sentence: given(each.sentence) })) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, given(error.message), error.place);
  }
}

function given(sentence: string): string {
  return sentence
    .replaceAll(`${GIVEN_NAME}: array "x"`, 'the series')
    .replaceAll(GIVEN_NAME, 'the series')
    .replace(/^the series/, 'The series');
}
