import { parseArgs } from 'node:util';
import { type Suite, suites } from './suites.ts';
import { sumOf, type Tally } from './testReport.ts';

/**
 * `npm test` runs every suite, whatever fails; `npm test -- unit host` only those, and `--grep TEXT` only the tests
 * whose title contains the text. After the first they run beside each other as far as the cores go. The last line is
 * the sum.
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

const results: (Tally & { name: string })[] = [];
let isClosed = false;
// Not cut off, so that what runs is ended and removed; and never without the last line.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => close({ name: signal, passed: 0, failed: 1, skipped: 0 }, 130));
}
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error) => {
    console.error(error);
    close({ name: event, passed: 0, failed: 1, skipped: 0 });
  });
}
const runAll = (some: readonly Suite[]) =>
  Promise.all(some.map(async (suite) => results.push({ name: suite.name, ...(await runSuite(suite)) })));
if (chosen.some(({ name }) => name === 'check')) console.log('\n── check');
await runAll(chosen.filter((suite) => suite === suites[0]));
await runAll(chosen.filter((suite) => suite !== suites[0]));

close();

/** The counts of each suite, and their sum as the last line of all; then the end, once that is written. */
function close(broken?: Tally & { name: string }, code?: number): void {
  if (isClosed) return;
  isClosed = true;
  const inOrder = suites.flatMap(({ name }) => results.filter((result) => result.name === name));
  const all = broken ? [...inOrder, broken] : inOrder;
  const { passed, failed, skipped } = sumOf(all);
  const parts = all.flatMap((result) => [
    `${result.name.padEnd(12)} ${line(result)}`,
    ...(result.failures ?? []).map((failure) => `  ✘ ${failure}`),
  ]);
  const text = ['\n── Result', ...parts, '', line({ passed, failed, skipped }), ''].join('\n');
  process.stdout.write(text, () => process.exit(code ?? (failed ? 1 : 0)));
}

async function runSuite(suite: Suite): Promise<Tally> {
  const started = Date.now();
  try {
    return await suite.run(values.grep);
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    console.log(`── ${suite.name} is through after ${Math.round((Date.now() - started) / 1000)} s`);
  }
}

function line({ passed, failed, skipped, notRun }: Tally): string {
  const loud = notRun ? ` · NOT RUN: ${notRun}` : '';
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}${loud}`;
}
