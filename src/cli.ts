import { fileURLToPath } from 'node:url';
import { endBySignal } from './cli/endBySignal.ts';
import { main } from './cli/main.ts';
import { childEngine } from './engine/childEngine.ts';
import { handed } from './start/handed.ts';

// The bundle's engine lies beside it; from source, Node is told by the same options how to run TypeScript.
const isBundle = import.meta.url.endsWith('.cjs');
const engine = {
  entry: fileURLToPath(new URL(isBundle ? './engine.cjs' : './engine/main.ts', import.meta.url)),
  execArgv: isBundle ? [] : process.execArgv,
};

endBySignal();
// What a stream has against us is told to the one who writes; without a listener it would end the process.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
const early = handed().engine;
let taken = false;
const takeEarly = () => {
  const first = taken ? undefined : early;
  taken = true;
  return first;
};
main(process.argv.slice(2), (timeoutSeconds) =>
  childEngine({ ...engine, timeoutSeconds, early: takeEarly }),
).then((code) => {
  process.exitCode = code;
  if (!taken) early?.kill('SIGKILL');
  // Of a command that was carried out: a refusal has compiled next to nothing.
  if (taken && code === 0) handed().keepCode?.();
});
