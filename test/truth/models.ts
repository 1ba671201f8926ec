import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is known of a model from the rule its data were made by; see test/fixtures/truth/README.md. */
export interface TruthModel {
  readonly name: string;
  readonly block: string;
  readonly true_lei: number;
  readonly true_lei_se: number;
  readonly band: 'no' | 'unclear' | 'YES';
  readonly true_flips: Readonly<Record<string, number>>;
}

/** One test set of one model. */
export interface TruthSet {
  readonly truth: TruthModel;
  readonly model: string;
  readonly project: string;
  readonly data: string;
  readonly n: number;
}

export const ownFolder = fileURLToPath(new URL('../fixtures/truth/', import.meta.url));

/** Every test set below a folder laid out as test/fixtures/truth. */
export function truthSets(folder: string): TruthSet[] {
  const models: readonly TruthModel[] = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'));
  return models.flatMap((truth) => {
    const own = join(folder, truth.name);
    const files = readdirSync(own).flatMap((file) => {
      const n = /^test_(\d+)\.npz$/.exec(file)?.[1];
      return n ? [{ file, n: Number(n) }] : [];
    });
    return files
      .sort((a, b) => a.n - b.n)
      .map(({ file, n }) => ({
        truth,
        model: join(own, 'model.onnx'),
        project: join(own, 'attribution.json'),
        data: join(own, file),
        n,
      }));
  });
}
