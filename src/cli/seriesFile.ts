import type { SeriesAsked, SeriesPart } from '../engine/clusterContract.ts';
import type { DataRequest } from '../engine/requests.ts';
import { type SeriesColumns, SeriesTable } from '../export/cluster/seriesTable.ts';
import { Refusal } from '../refusal.ts';
import { Output } from './output.ts';
import { complain } from './say.ts';

/** Instances held at once. */
const PART = 256;

/** How the explainer is told the padding. */
interface Told extends SeriesColumns {
  readonly length: boolean;
}

type SeriesRequest = DataRequest & SeriesAsked;
type Ask = (request: SeriesRequest) => Promise<SeriesPart>;

/**
 * Writes the instances of a data file as the table that jobs read beside the explainer.
 * @throws Refusal `mask-no-length`, `cannot-write`, those of reading
 */
export async function writeSeries(
  out: string,
  ask: Ask,
  request: Omit<SeriesRequest, 'from' | 'count'>,
  told: Told,
): Promise<void> {
  const output = new Output(out);
  const table = new SeriesTable(told);
  // Later parts say the same of other series.
  const said = new Set<string>();
  try {
    for (let from = 0, of = 1; from < of; from += PART) {
      const part = await ask({ ...request, from, count: PART });
      of = part.of;
      for (const finding of part.read) {
        if (!said.has(finding.code)) complain(`${finding.severity}: ${finding.sentence}`);
        said.add(finding.code);
      }
      if (told.length) mustBeLengths(part);
      await output.write(await table.add(part));
    }
    await output.write(await table.end());
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
}

/** A length says nothing of real steps that are elsewhere. */
function mustBeLengths({ ids, lengths, masks, steps, side }: SeriesPart): void {
  for (const [row, id] of ids.entries()) {
    const length = lengths[row]!;
    const from = side === 'front' ? steps - length : 0;
    const run = masks.subarray(row * steps + from, row * steps + from + length);
    if (run.every((real) => real === 1)) continue;
    throw new Refusal(
      'mask-no-length',
      `The real steps of instance ${id} are no run with the padding at the ${side}, which is all that a length can say; make the explainer with --padding mask.`,
    );
  }
}
