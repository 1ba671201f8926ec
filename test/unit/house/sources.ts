import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const read = (file: string) => readFileSync(join(root, file), 'utf8');

const filesIn = (folder: string, form: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => form.test(file));

/** What is delivered. */
export const sources = ['src', 'webview'].flatMap((folder) => filesIn(folder, /\.(ts|css)$/));
export const tests = filesIn('test', /(?<!\.d)\.ts$/).filter(
  (file) => !file.startsWith('test/fixtures/make'),
);

export interface Import {
  readonly from: string;
  /** A file of the repository, or a module's name. */
  readonly to: string;
  /** Empty for one that is loaded when it is needed, or for its effect only. */
  readonly names: readonly string[];
}

const FORM =
  /^\s*(?:import|export)\s+(?:type\s)?([^'"`;]*?)from\s+'([^']+)'|\bimport\('([^']+)'\)|^import\s+'([^']+)'/gm;

export function importsOf(from: string): Import[] {
  return [...read(from).matchAll(FORM)].map((match) => {
    const name = (match[2] ?? match[3] ?? match[4])!;
    const to = name.startsWith('.') ? relative(root, resolve(root, dirname(from), name)) : name;
    const names = (match[1]?.match(/\{([^}]*)\}/)?.[1] ?? '')
      .split(',')
      .map((each) =>
        each
          .trim()
          .replace(/^type /, '')
          .replace(/ as .*/, ''),
      )
      .filter(Boolean);
    return { from, to, names };
  });
}

export const imports: readonly Import[] = sources.flatMap(importsOf);

export const shown = ({ from, to }: Import) => `${from} imports ${to}`;

/** `attribution` for src/attribution/mapGraph.ts, `refusal` for src/refusal.ts, `webview` for the page. */
export function roomOf(file: string): string {
  const [top, next] = file.split('/');
  return top === 'src' ? next!.replace(/\.ts$/, '') : top!;
}
