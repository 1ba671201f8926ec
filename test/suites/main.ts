import { parseArgs } from 'node:util';
import { type Suite, suites } from './suites.ts';
import type { Tally } from './testReport.ts';

/**
 * `npm test` runs every suite, whatever fails; `npm test -- unit host` only those, and `--grep TEXT` only the tests
 * whose title contains the text. Suites that mostly wait for windows run in two lanes beside each other. The last line
 * is the sum.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: 'string' } } });
const unknown = positionals.filter((name) => !suites.some((suite) => suite.name.startsWith(name)));
if (unknown.length) {
  console.error(
    `There is no suite ${unknown.join(', ')}; there are ${suites.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
const chosen = suites.filter(
  ({ name }) => !positionals.length || positionals.some((start) => name.startsWith(start)),
);

// Not cut off, so that what runs is ended and removed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const results: (Tally & { name: string })[] = [];
const runAll = async (some: readonly Suite[]) => {
  for (const suite of some) results.push({ name: suite.name, ...(await runSuite(suite)) });
};
await runAll(chosen.filter(({ lane }) => lane === undefined));
await Promise.all([1, 2].map((lane) => runAll(chosen.filter((suite) => suite.lane === lane))));

const sum = (what: 'passed' | 'failed' | 'skipped') =>
  results.reduce((total, result) => total + result[what], 0);
console.log('\n── Result');
for (const result of results) console.log(`${result.name.padEnd(12)} ${line(result)}`);
process.exitCode = sum('failed') ? 1 : 0;
console.log(`\n${line({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') })}`);
process.exit();

async function runSuite(suite: Suite): Promise<Tally> {
  const started = Date.now();
  if (!suite.lane) console.log(`\n── ${suite.name}`);
  try {
    return await suite.run(values.grep);
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    console.log(`── ${suite.name} took ${Math.round((Date.now() - started) / 1000)} s`);
  }
}

function line({ passed, failed, skipped, notRun }: Tally): string {
  const loud = notRun ? ` · NOT RUN: ${notRun}` : '';
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}${loud}`;
}
