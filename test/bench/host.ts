import { createHash } from 'node:crypto';
import { looksLikeTimeSeriesFile } from '../../src/data/ts/looksLikeTimeSeriesFile.ts';
import { linkScript } from '../../src/project/linkScript.ts';
import { LARGEST_PROJECT } from '../../src/project/parseJson.ts';
import { parseProject } from '../../src/project/parseProject.ts';
import { patchProject } from '../../src/project/patchProject.ts';
import { preprocessSteps } from '../../src/project/preprocessSteps.ts';
import { decodeRun } from '../../src/session/runs/runFile.ts';
import { cellRanges } from '../../src/views/inline/cellRanges.ts';
import { recognise } from '../../src/views/lenses/recognise.ts';
import { median, printTable } from './table.ts';

const list = (n: number, each: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => each(i)).join(',');
const filled = (open: string, filling: string, close: string, most = LARGEST_PROJECT) =>
  open + filling.repeat(Math.floor((most - open.length - close.length) / filling.length)) + close;

/** Files that make the most work within their limits. */
const PROJECTS: Readonly<Record<string, string>> = {
  '4,096 names': `{"data":{"features":[${list(4096, (i) => `"${'x'.repeat(50)}${i}"`)}]}}`,
  '24,900 names': `{"data":{"features":[${list(24_900, (i) => `"${i}"`)}]}}`,
  '10,000 numbers': `{"preprocess":[{"standardize":{"mean":[${list(10_000, (i) => `${i}.12345678`)}]}}]}`,
  '9,000 steps': `{"preprocess":[${list(9000, () => '{"standardize":"instance"}')}]}`,
  '12,000 keys': `{${list(12_000, (i) => `"k${i}":1`)}}`,
  'one key 12,000 times': `{${list(12_000, () => '"data":1')}}`,
  'lines only': filled('', '\n', '{"a":1}'),
  'comments only': filled('', '// a\n', '{"a":1}'),
  'one comment': filled('/*', '*', '*/{"a":1}'),
  'an error at the end': filled('', '\n', '{"a":'),
  'one text': filled('{"model":"', 'a', '"}'),
  'one text of escapes': filled('{"model":"', '\\u0041', '"}'),
  'one key': filled('{"', 'a', '":1}'),
  blanks: filled('{', ' ', '"a":1}'),
  'a path up and up': filled('{"model":"', '../', 'x.onnx"}'),
};
/** Lines that a pattern may look at long. */
const LINES = [
  'a.',
  'np.pad ',
  '- mean ',
  'arange(',
  '"',
  "'",
  '`',
  '/*',
  '[',
  '[a:',
  '+ [1] ',
  '_',
  '(',
  '- len(',
];
LINES.push('pad_', 'x / mean - ', '"""', ' ', '[0]*(-', 'TSPad', 'dev', 'Array(', 'Array(1).fil');

/** Every parser that runs in the extension host, on the worst it is given: none may take 50 ms. */
export function benchHost(): void {
  const rows = [
    ...Object.entries(PROJECTS).flatMap(([name, text]) => [
      row(`attribution.json: ${name}`, () => parseProject(text, '/w/attribution.json', '/w')),
      row('  a script linked in it', () => linkScript(text, 'preprocess.py')),
      row('  a setting changed in it', () => patchProject(text, { data: { time: 't' } })),
      row('  its steps', () => preprocessSteps(text)),
    ]),
    ...LINES.map((part) => {
      const text = filled('', `${part.repeat(Math.ceil(399 / part.length)).slice(0, 399)}\n`, '', 100_000);
      return row(`lines of a script: ${part.trim()}`, () => recognise(text, 'javascript'));
    }),
    row('cells of rows', () => cellRanges('1,'.repeat(250_000), ',')),
    row('cells in quotes', () => cellRanges('"a""b",'.repeat(70_000), ',')),
    row('head of a .ts', () => looksLikeTimeSeriesFile('# a\n'.repeat(4096))),
    row('run: brackets', () => decodeRun(Buffer.from(`${filled('[', '[', '', 2 ** 19)}\n`))),
    row('run: numbers', () => decodeRun(Buffer.from(`${filled('[', '1,', '1]', 2 ** 19)}\n`))),
    row('4 MB of a hash', () =>
      createHash('sha256')
        .update(new Uint8Array(2 ** 22))
        .digest(),
    ),
  ];
  printTable(
    'Parsers of the extension host',
    ['what', 'first ms of CPU', 'median'],
    rows.sort((a, b) => b[2] - a[2]),
  );
}

/** Of computing: other work may share the machine. */
function row(what: string, work: () => unknown): [string, number, number] {
  const took = Array.from({ length: 7 }, () => {
    const began = process.cpuUsage();
    try {
      work();
    } catch {
      // A refusal takes its time, too.
    }
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  });
  return [what, took[0]!, median(took)];
}
