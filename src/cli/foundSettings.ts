import { basename } from 'node:path';
import { Refusal } from '../refusal.ts';

/** What is refused where settings are about the columns of another file. */
const OTHER_FILES: ReadonlySet<string> = new Set(['missing-features', 'feature-count']);

/**
 * Work on settings that were found beside the data: a training before may have written them for another file.
 * @param found attribution.json that nobody named; undefined where somebody did, or there is none
 * @throws Refusal as the work, with where its settings came from
 */
export async function withFoundSettings<Result>(
  found: string | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal && OTHER_FILES.has(error.code) && found !== undefined)) throw error;
    throw new Refusal(
      error.code,
      `${error.message} They are named by the ${basename(found)} beside or above it; name other settings with --config, or train in a folder of its own.`,
    );
  }
}
