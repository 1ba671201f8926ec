import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import type { Companions } from './companions.ts';
import { isNpy } from './npyHeader.ts';
import { readNpy } from './readNpy.ts';
import type { Npz } from './readNpz.ts';

/** Files that belong to a .npy, by their role. */
export type Beside = {
  readonly [Role in keyof Companions]: { readonly name: string; readonly bytes: Uint8Array };
};

/** A .npy and what lies beside it, as if they were an archive. @throws Refusal `npz-corrupt` */
export function oneArray(bytes: Uint8Array, fileName: string, beside: Beside): Npz {
  if (!isNpy(bytes)) {
    throw new Refusal(
      'npz-corrupt',
      `${fileName} is neither a .npz archive nor a .npy array (its first bytes fit neither).`,
    );
  }
  const roles = Object.entries(beside);
  return {
    names: ['x', ...roles.map(([role]) => role)],
    get: (name) => {
      if (name === 'x') return readNpy(bytes, fileName);
      const file = roles.find(([role]) => role === name)?.[1];
      return file && readNpy(file.bytes, file.name);
    },
  };
}

/** Which files were read with it. */
export function besideFindings(beside: Beside, fileName: string): Finding[] {
  const names = Object.values(beside).map(({ name }) => name);
  if (names.length === 0) return [];
  const sentence = `${fileName}: ${names.join(', ')} beside it ${names.length === 1 ? 'belongs' : 'belong'} to it by name and ${names.length === 1 ? 'is' : 'are'} read with it.`;
  return [{ code: 'arrays-beside', severity: 'info', sentence }];
}
