import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { runMocha } from './runMocha.ts';

/** A mocha run in a process of its own: `mochaProcess.ts --report FILE --timeout MS [--retries N] [--grep TEXT] FILES…`. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    report: { type: 'string', default: 'out/reports/mocha.json' },
    timeout: { type: 'string', default: '30000' },
    retries: { type: 'string', default: '0' },
    grep: { type: 'string' },
    quiet: { type: 'boolean', default: false },
    'one-thread': { type: 'boolean', default: false },
  },
});

// The same draws in every run, so that what fails was broken by the change; PROPERTY_SEED=N draws others.
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });

// With an exit of its own, so that the servers and scratch folders of a broken-off run go too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const { timeout, retries, 'one-thread': oneThread, ...options } = values;
if (oneThread) {
  // The runtimes ask Node how many threads are worth it. Programs that the tests start find the machine as it is.
  os.availableParallelism = () => 1;
  syncBuiltinESMExports();
}
const failures = await runMocha({
  ...options,
  timeout: Number(timeout),
  retries: Number(retries),
  files: positionals,
});
// Not by itself: a forgotten child process or timer must not hold up the suites that follow.
process.exit(failures ? 1 : 0);
