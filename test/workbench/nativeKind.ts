/** `linux-x64`, `win32-arm64`, …: whose native code a file is, by its first bytes and the machine behind them. */
export function nativeKind(file: Uint8Array): string | undefined {
  if (file.length < 64) return undefined;
  const view = viewOf(file);
  // ELF, and Mach-O of one machine or of several.
  if (view.getUint32(0) === 0x7f454c46) return `linux-${MACHINES[view.getUint16(18, true)] ?? 'other'}`;
  if (view.getUint32(0, true) === 0xfeedfacf) return `darwin-${MACHINES[view.getUint32(4, true)] ?? 'other'}`;
  if (view.getUint32(0) === 0xcafebabe) return 'darwin-several';
  const pe = peHeader(file);
  return pe === undefined ? undefined : `win32-${MACHINES[view.getUint16(pe + 4, true)] ?? 'other'}`;
}

/** As ELF, Mach-O and PE number them. */
const MACHINES: Readonly<Record<number, string>> = {
  62: 'x64',
  183: 'arm64',
  16777223: 'x64',
  16777228: 'arm64',
  34404: 'x64',
  43620: 'arm64',
};

/** The libraries that a PE file of 64 bits cannot be loaded without; those it loads when they are called are left out. */
export function librariesOf(file: Uint8Array): string[] {
  const view = viewOf(file);
  const pe = peHeader(file)!;
  const optional = pe + 24;
  const sections = optional + view.getUint16(pe + 20, true);
  /** Where in the file an address in memory lies. */
  const placeOf = (address: number) => {
    for (let k = 0; k < view.getUint16(pe + 6, true); k++) {
      const [size, start, , from] = [8, 12, 16, 20].map((at) => view.getUint32(sections + 40 * k + at, true));
      if (address >= start! && address < start! + size!) return from! + address - start!;
    }
    throw new Error('an address in no section');
  };
  const names: string[] = [];
  for (let at = placeOf(view.getUint32(optional + 120, true)); ; at += 20) {
    const name = view.getUint32(at + 12, true);
    if (name === 0) return names;
    const from = placeOf(name);
    names.push(Buffer.from(file.subarray(from, file.indexOf(0, from))).toString('latin1'));
  }
}

function peHeader(file: Uint8Array): number | undefined {
  const view = viewOf(file);
  if (view.getUint16(0) !== 0x4d5a) return undefined;
  const at = view.getUint32(0x3c, true);
  return at + 24 <= file.length && view.getUint32(at) === 0x50450000 ? at : undefined;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
