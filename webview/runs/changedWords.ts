import { methodLabel } from '../../src/attribution/methods.ts';
import { switchWords } from '../../src/attribution/switches.ts';
import { targetTitle } from '../../src/attribution/targetTitle.ts';
import type { RunRow } from '../../src/runs/run.ts';
import { lastPart } from './words.ts';

/** What is different from the run before of the same file, in words: `layer conv1d → conv2dblock`; null where it is the first. */
export function changedWords(row: RunRow, older: readonly RunRow[]): string | null {
  const before = older.find(({ file }) => file === row.file);
  if (!before) return null;
  const [now, then] = [partsOf(row), partsOf(before)];
  const follows = now.instance === then.instance ? [] : followed(row, before);
  const changed = Object.keys(now).filter((part) => now[part] !== then[part] && !follows.includes(part));
  const words = changed.map((part) => SUMS[part] ?? `${part} ${then[part]} → ${now[part]}`);
  return words.join(', ') || 'the same, made again';
}

/** Told apart by a checksum, which says nothing to anybody. */
const SUMS: Readonly<Record<string, string>> = {
  text: 'the text of the file',
  preprocessing: 'the preprocessing',
};

/** What nobody picked anew: it goes with the instance. */
function followed(row: RunRow, before: RunRow): string[] {
  const isPredicted = [row, before].every(
    ({ selection }) => (selection.target ?? 'predicted') === 'predicted',
  );
  const origin = ({ mask }: RunRow) => mask.replace(/\d+/g, '');
  return [...(isPredicted ? ['class'] : []), ...(origin(row) === origin(before) ? ['mask'] : [])];
}

function partsOf({
  instance,
  model,
  how,
  target,
  mask,
  content,
  preprocess,
}: RunRow): Record<string, string> {
  return {
    instance: instance.id,
    model: `${lastPart(model.path)}`,
    layer: how.layer,
    method: methodLabel(how.method),
    class: targetTitle(target),
    mask,
    settings:
      [...switchWords(how), JSON.stringify(how.options ?? '')].join(' ').replace(' ""', '') || 'plain',
    text: content,
    preprocessing: preprocess ?? 'none',
  };
}
