import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import type { Part } from './mochaSuite.ts';

/** Parts of test/unit that take longest, the longest first; started last, one of them would run alone in the end. */
const LONG_PARTS = [
  ...['padding', 'attribution', 'middle', 'engine', 'cli', 'zoo', 'short'],
  ...['formats', 'fuzz', 'gradient', 'runtime', 'export', 'graph'],
];

/** Half a minute of looking whether a socket is opened: 10 s of computing in a minute. */
const WAITS = 'privacy';

/** Rooms whose tests take little more than a process of their own needs to load the sources, in two of those. */
const SHORT_ROOMS: Readonly<Record<string, readonly string[]>> = {
  short: [
    ...['architectures', 'house', 'inline', 'lenses', 'project', 'repair', 'runs', 'session'],
    ...['suites', 'surfaces', 'train', 'webview', 'agents', 'docs', 'files', 'alone'],
  ],
  middle: [
    ...['data', 'evaluation', 'overview', 'preprocess', 'reading', 'sample', 'training', 'truth', 'values'],
  ],
};

/** The unit tests by the room they lie in: a process is small, and one that crashes takes only its room along. */
export function rooms(files: readonly string[]): Part[] {
  const start = join(root, 'test/unit').length + 1;
  const grouped = new Map<string, string[]>();
  for (const file of files) {
    const [room = ''] = file.slice(start).split(/[\\/]/);
    const short = Object.keys(SHORT_ROOMS).find((part) => SHORT_ROOMS[part]!.includes(room));
    const name = room.endsWith('.test.ts') ? 'short' : (short ?? room);
    grouped.set(name, [...(grouped.get(name) ?? []), file]);
  }
  const rank = (name: string) => (LONG_PARTS.indexOf(name) + LONG_PARTS.length + 1) % (LONG_PARTS.length + 1);
  return [...grouped]
    .map(([name, group]) => ({ name, files: group, waits: name === WAITS }))
    .sort((a, b) => rank(a.name) - rank(b.name));
}

/** Two processes beside each other; the files of one can share a window. */
export function halves(files: readonly string[]): Part[] {
  const middle = Math.ceil(files.length / 2);
  return [
    { name: 'a', files: files.slice(0, middle) },
    { name: 'b', files: files.slice(middle) },
  ];
}
