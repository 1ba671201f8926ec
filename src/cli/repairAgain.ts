import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { RepairFound } from '../repair/repairFound.ts';
import { commandLine } from '../surfaces/commandLine.ts';
import type { DataAsked } from './options.ts';
import { fromHere, repairable } from './repairable.ts';

/** What the repair was asked for with, beside its files. */
interface Asked extends Omit<DataAsked, 'runtime'> {
  readonly train?: string;
  readonly arm: string;
  readonly epochs?: number;
  readonly seed: number;
}

/** `repaired_mask.onnx` for `repaired.onnx`; where a file stands there, as `repaired_mask2.onnx`: nothing is written over. */
function besides(out: string | undefined): string {
  const { dir, name, ext } = parse(out ?? 'repaired.onnx');
  const stem = out === undefined ? name : `${name}_mask`;
  for (let i = 1; ; i++) {
    const free = join(dir, `${stem}${i === 1 ? '' : i}${ext}`);
    if (!existsSync(free)) return free;
  }
}

/** The command line that writes the form in which something would help; null where there is none, or none to paste. */
export function repairAgain(
  { otherForm, seed }: Pick<RepairFound, 'otherForm' | 'seed'>,
  { train, arm, epochs, ...asked }: Asked,
  out: string | undefined,
): string | null {
  if (otherForm?.form !== 'mask-input') return null;
  const { model, data, options = [] } = repairable(asked);
  const files = [model, data].map((name) => (name.startsWith('-') ? `./${name}` : name));
  const words = [
    ...['attribution-lens', 'repair', ...files, ...options, '--mask-input'],
    ...(train === undefined ? [] : ['--train', fromHere(train)]),
    ...(arm === 'auto' ? [] : ['--with', arm]),
    ...(epochs === undefined ? [] : ['--epochs', `${epochs}`]),
    ...(seed === 1 ? [] : ['--seed', `${seed}`]),
    ...['--out', fromHere(besides(out))],
  ];
  return commandLine(words, process.platform === 'win32' ? 'windows' : 'posix');
}
