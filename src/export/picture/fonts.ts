import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Noto Sans in pieces by script, some kilobytes each; only those a picture needs are read. */
const near = createRequire(import.meta.url);
const FOLDER = '@fontsource/noto-sans';

interface Fonts {
  readonly files: readonly Uint8Array[];
  /** Characters that none of the pieces has, each once. */
  readonly missing: readonly string[];
}

/** The pieces of the font that hold the characters of a text, regular and bold. */
export async function fontsFor(text: string): Promise<Fonts> {
  const pieces = Object.entries(near(`${FOLDER}/unicode.json`) as Record<string, string>).map(
    ([name, ranges]) => ({ name, ranges: ranges.split(',').map(range) }),
  );
  const needed = new Set(['latin']);
  const missing: string[] = [];
  for (const char of new Set(text)) {
    const code = char.codePointAt(0)!;
    if (code < 0x100) continue;
    const piece = pieces.find(({ ranges }) => ranges.some(([from, to]) => code >= from && code <= to));
    if (piece) needed.add(piece.name);
    else missing.push(char);
  }
  const names = [...needed].flatMap((name) => [`${name}-400`, `${name}-700`]);
  const files = await Promise.all(
    names.map((name) => readFile(near.resolve(`${FOLDER}/files/noto-sans-${name}-normal.woff2`))),
  );
  return { files, missing };
}

/** `U+0100-02BA` or `U+02BD`, both ends inclusive. */
function range(text: string): readonly [number, number] {
  const [from, to = from] = text.slice(2).split('-');
  return [Number.parseInt(from!, 16), Number.parseInt(to!, 16)];
}
