import { askedWith, ReadingQuestion, settingsOf } from '../data/reading/readingQuestion.ts';
import { Refusal } from '../refusal.ts';

/** Who calls a function has its settings, and no command line. @throws Refusal that of `work`, in these words */
export async function inSettings<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, sentenceOf(error), error.place);
  }
}

function sentenceOf(refusal: Refusal): string {
  if (!(refusal instanceof ReadingQuestion)) {
    return refusal.message.replace(/\(on the command line --set (\S+)\)/, "(here set: ['$1'])");
  }
  return askedWith(refusal.doubt, 'Say', ({ label, patch: { mask, ...rest } }) => {
    const set = settingsOf(rest).map((setting) => JSON.stringify(setting));
    const said = [
      ...(set.length > 0 ? [`set: [${set.join(', ')}]`] : []),
      ...(mask === undefined ? [] : [`mask: ${JSON.stringify(mask)}`]),
    ];
    return `${said.join(', ')} if ${label}`;
  });
}
