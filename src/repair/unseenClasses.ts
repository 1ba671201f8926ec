import { listed } from '../format.ts';
import { classCalled } from './classCalled.ts';

/** The classes of a model that none of some series is of, as a sentence names them; undefined where there is none. */
export function unseenClasses(labels: readonly number[], classes: readonly string[]): string | undefined {
  const seen = new Set(labels);
  const unseen = classes.flatMap((_, cls) => (seen.has(cls) ? [] : [classCalled(classes, cls)]));
  return unseen.length === 0 ? undefined : listed(unseen);
}
