import type { ReportProgress } from '../../progress.ts';
import type { ByteSource } from '../byteSource.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset } from '../dataset.ts';
import { notUtf8 } from '../text/notUtf8.ts';
import { TextStream } from '../text/textStream.ts';
import { CsvReading } from './csvReading.ts';
import { noRows } from './firstTable.ts';
import { refuseOtherContent } from './otherContent.ts';

/**
 * Reads CSV and its kin piece by piece: the text is never in memory as a whole.
 * @throws Refusal naming line and column; the signal's reason when aborted
 */
export async function readCsv(
  source: ByteSource,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  const text = new TextStream(source, report, signal);
  let reading: CsvReading | undefined;
  for await (const piece of text.pieces()) {
    if (reading) {
      reading.push(piece, text.encoding);
    } else {
      const start = piece.text();
      if (start === '') continue;
      refuseOtherContent(source.name, start);
      reading = new CsvReading(source, start, options);
      reading.begin(start, piece, text.encoding);
    }
  }
  const dataset = reading?.end() ?? noRows(source.name);
  return text.encoding === 'windows-1252'
    ? { ...dataset, findings: [...dataset.findings, notUtf8(source.name)] }
    : dataset;
}
