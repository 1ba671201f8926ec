import { basename } from 'node:path';
import { loadModel } from '../../../../src/formats/loadModel.ts';
import { mostOfMemory } from '../../../suites/mostOfMemory.ts';

/** Loads every file named and prints what is said, how long each took, and the most memory the process ever had. */
async function loadAll(paths: readonly string[]): Promise<void> {
  const results: Record<string, { sentence: string; milliseconds: number }> = {};
  for (const path of paths) {
    const begin = performance.now();
    const sentence = await loadModel(path).then(
      () => 'read',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    results[basename(path)] = { sentence, milliseconds: Math.round(performance.now() - begin) };
  }
  console.log(JSON.stringify({ results, peak: mostOfMemory() }));
}
void loadAll(process.argv.slice(2));
