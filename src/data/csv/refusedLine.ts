import { isAbsolute } from 'node:path';
import { Refusal, type SourcePlace } from '../../refusal.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';

/**
 * A line of a table whose columns are not understood yet. Its place has the file's name alone; the reader of the file puts
 * its path there.
 */
export function badLine(
  fileName: string,
  line: number,
  code: string,
  what: string,
  cell?: SourcePlace['cell'],
): Refusal {
  const place = { file: fileName, line, message: what, ...(cell && { cell }) };
  return new Refusal(code, `${fileName}, line ${line}: ${what}`, place);
}

/** What work refuses without a place of its own is at fault in that line, where there is one. */
export function atLine<R>(fileName: string, line: number | undefined, work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal) || error instanceof ReadingQuestion) throw error;
    const { code, message, place } = error;
    throw place || line === undefined ? error : new Refusal(code, message, { file: fileName, line, message });
  }
}

/** The same refusal with the path of its file. */
export function withPath(refusal: Refusal, path: string): Refusal {
  const { code, message, place } = refusal;
  if (!place || isAbsolute(place.file)) return refusal;
  const placed = { ...place, file: path };
  return refusal instanceof ReadingQuestion
    ? new ReadingQuestion(refusal.doubt, placed)
    : new Refusal(code, message, placed);
}
