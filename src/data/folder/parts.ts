import { count } from '../../format.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset, Instance } from '../dataset.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';

/** What was read of one file. */
export interface FilePart {
  readonly name: string;
  readonly dataset: Dataset;
  /** The class that the folder gives it. */
  readonly label: string | undefined;
}

/** Of a step: times are rounded. */
const ROUNDING = 0.5;

/** In the order of the numbers in their names: part2 before part10. */
export function inOrder(parts: readonly FilePart[]): FilePart[] {
  return [...parts].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/**
 * Files that are one table cut into pieces, as programs write them (part-0000, part-0001): an instance that stands at the
 * end of one goes on in the next.
 * @throws ReadingQuestion `folder-parts` unless "filesAre" says it
 */
export function askParts(folder: string, files: readonly FilePart[], options: DataOptions): void {
  if (options.filesAre !== undefined || options.window !== undefined || files.length < 2) return;
  const parts = inOrder(files);
  const what = sharedCase(parts) ?? timeGoesOn(parts);
  if (what === undefined) return;
  throw new ReadingQuestion({
    id: 'folder-parts',
    sentence: `The ${count(parts.length, 'file')} of ${folder} may be parts of one table: ${what}`,
    ways: [
      { label: 'each file goes on where the one before it ends', patch: { data: { filesAre: 'parts' } } },
      { label: 'every file has instances of its own', patch: { data: { filesAre: 'instances' } } },
    ],
  });
}

/** Every case that two files have is the last of one and the first of the next. */
function sharedCase(parts: readonly FilePart[]): string | undefined {
  if (!parts.every(({ dataset }) => dataset.layout === 'long')) return undefined;
  const seen = new Set<string>();
  let found: string | undefined;
  for (const [at, { name, dataset, label }] of parts.entries()) {
    const before = parts[at - 1];
    const last = before?.dataset.instances.at(-1);
    for (const [place, { id }] of dataset.instances.entries()) {
      if (!seen.has(id)) continue;
      if (place > 0 || last?.id !== id || before!.label !== label) return undefined;
      found ??= `case ${id} ends ${before!.name} and begins ${name}`;
    }
    for (const { id } of dataset.instances) seen.add(id);
  }
  return found;
}

/** Every file holds one recording, and its first time is a step behind the last one of the file before. */
function timeGoesOn(parts: readonly FilePart[]): string | undefined {
  const ends = parts.map(({ dataset, label }) => {
    const [one, ...others] = dataset.instances;
    const times = others.length === 0 ? one?.times : undefined;
    if (!times || times.length < 2) return undefined;
    const [first, last] = [times[0]!, times.at(-1)!];
    return { first, last, step: (last - first) / (times.length - 1), label: label ?? one!.label };
  });
  const goesOn = ends.every((end, at) => {
    const before = ends[at - 1];
    if (!end || !(end.step > 0)) return false;
    if (at === 0) return true;
    if (!before || before.label !== end.label) return false;
    return Math.abs(end.first - before.last - before.step) <= ROUNDING * before.step;
  });
  return goesOn ? `the times of ${parts[1]!.name} go on where those of ${parts[0]!.name} end` : undefined;
}

/** Whether an instance that begins a file is the rest of the one that ended the file before. */
export function isRest(one: Instance, last: Instance | undefined, layout: Dataset['layout']): boolean {
  return last !== undefined && (layout === 'single' || one.id === last.id);
}
