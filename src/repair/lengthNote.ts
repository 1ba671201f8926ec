import { count } from '../format.ts';
import { classCalled } from './classCalled.ts';
import { longHalf } from './longHalf.ts';

/** What the lengths of a file cannot show: there is but one, or a class has none of its shorter (or longer) half. */
export function lengthNote(
  cases: readonly { readonly label: number; readonly length: number }[],
  classes: readonly string[],
): string | undefined {
  const sorted = cases.map(({ length }) => length).sort((a, b) => a - b);
  const [shortest, longest] = [sorted[0]!, sorted.at(-1)!];
  if (shortest === longest) {
    return `All series have ${count(longest, 'real step')}: accuracy at crossed lengths is accuracy here, and no figure shows what the model makes of other lengths.`;
  }
  const isLong = longHalf(sorted);
  const alone = [...classes.keys()].filter((cls) => {
    const mine = cases.filter(({ label }) => label === cls);
    const long = mine.filter(({ length }) => isLong(length)).length;
    return mine.length > 0 && (long === 0 || long === mine.length);
  });
  if (alone.length === 0) return undefined;
  return `All series of ${alone.map((cls) => classCalled(classes, cls)).join(', ')} lie in one half of the lengths: where length and class never disagree, no repair can learn to tell them apart, and no figure here can show that it did.`;
}
