import { dataHash } from '../../data/dataHash.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Finding } from '../../finding.ts';
import type { MaskedSeries } from '../../preprocess/case.ts';
import { seriesPrint } from '../../training/seriesPrint.ts';
import type { OpenModel } from '../models.ts';
import { type Known, knownOf } from './knownOf.ts';
import type { LearntSource } from './learntCount.ts';
import { learntOneFinding } from './learntWords.ts';

const hashes = new WeakMap<Dataset, string>();

/** For the explanation of one series: by the series where the model's file keeps them, else by the whole file. @throws as LearntCount.found */
export async function learntOne(
  model: Pick<OpenModel, 'classifier'>,
  series: MaskedSeries,
  source: LearntSource & { readonly dataset: Dataset; readonly isEdited: boolean },
  signal?: AbortSignal,
): Promise<Finding[]> {
  const all = knownOf(model);
  if (all.length === 0) return [];
  const print = seriesPrint(series);
  let one = all.find(({ series }) => series && series.book.find(print) !== -1);
  const whole = one === undefined;
  if (!one && !source.isEdited && all.some(isInPart)) {
    const hash = hashes.get(source.dataset) ?? (await dataHash(source.data, source.content, signal));
    hashes.set(source.dataset, hash);
    one = all.find((each) => isInPart(each) && each.sha256 === hash);
  }
  if (!one) return [];
  return [learntOneFinding({ ...one, whole }, whole && one.some === true)];
}

/** Whether the model's file leaves some of these series out, so that one that is not found may be among them. */
function isInPart({ series }: Known): boolean {
  return !series || series.isPart;
}
