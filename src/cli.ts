#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { endBySignal } from './cli/endBySignal.ts';
import { main } from './cli/main.ts';
import { childEngine } from './engine/childEngine.ts';

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
main(process.argv.slice(2), (timeoutSeconds) => childEngine({ ...engine, timeoutSeconds })).then((code) => {
  process.exitCode = code;
});
