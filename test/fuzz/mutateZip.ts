import { unzipSync, zipSync } from 'fflate';
import type { Dice } from './dice.ts';
import { mutateBytes } from './mutateBytes.ts';
import { mutateJson } from './mutateJson.ts';

/** An archive with one of its parts spoilt, gone, twice or called otherwise: the archive itself is sound. */
export function mutateZip(bytes: Uint8Array, dice: Dice): Uint8Array {
  let parts: Record<string, Uint8Array>;
  try {
    parts = unzipSync(bytes);
  } catch {
    return mutateBytes(bytes, dice);
  }
  const name = dice.pick(Object.keys(parts));
  const part = parts[name];
  if (part === undefined) return mutateBytes(bytes, dice);
  switch (dice.below(8)) {
    case 0:
      delete parts[name];
      break;
    case 1:
      parts[
        dice.pick([
          'x.npy',
          'y.npy',
          'mask.npy',
          'lengths.npy',
          '../x.npy',
          'config.json',
          '',
          'a'.repeat(300),
        ])
      ] = part;
      break;
    case 2:
      parts[name] = parts[dice.pick(Object.keys(parts))]!;
      break;
    default:
      parts[name] = mutatePart(name, part, dice);
  }
  return zipSync(parts, { level: dice.pick([0, 0, 1]) });
}

function mutatePart(name: string, part: Uint8Array, dice: Dice): Uint8Array {
  if (name.endsWith('.json')) return mutateJson(part, dice);
  return name.endsWith('.npy') ? mutateNpy(part, dice) : mutateBytes(part, dice);
}

const DIMS = ['0', '1', '2', '3', '20', '24', '1000000', '4294967296', '-1', '99999999999999999999'];

/** The header says something else than the values that follow. */
export function mutateNpy(bytes: Uint8Array, dice: Dice): Uint8Array {
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  const end = head.indexOf('\n') + 1;
  if (dice.once(3) || end === 0) return mutateBytes(bytes, dice);
  const changed = dice.pick([
    () =>
      head
        .slice(0, end)
        .replace(
          /\([^)]*\)/,
          () => `(${Array.from({ length: dice.below(6) }, () => dice.pick(DIMS)).join(', ')},)`,
        ),
    () =>
      head
        .slice(0, end)
        .replace(
          /'[<>|=]?[a-zA-Z]\d+'/,
          () =>
            `'${dice.pick(['<f8', '>f4', '|b1', '<U7', '|S3', '|O', '<i8', '<c8', '|i1', '<f2', '<U999999', 'x'])}'`,
        ),
    () => head.slice(0, end).replace(/False/, 'True'),
    () => head.slice(0, end).replace(/'descr'/, "'desc'"),
  ])();
  const padded = changed
    .trimEnd()
    .padEnd(end - 1)
    .slice(0, Math.max(end - 1, 10));
  return Buffer.concat([Buffer.from(`${padded}\n`, 'latin1'), bytes.subarray(end)]);
}
