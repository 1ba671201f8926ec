#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { asksEngine } from './asksEngine.ts';
import { forkEngine } from './forkEngine.ts';
import { type Handed, hand } from './handed.ts';
import { runKept } from './keptCode.ts';

/** dist/cli.cjs: the engine starts while the bundle with the commands, which lies beside it, is read. */
const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const handing: Handed = {};
if (asksEngine(process.argv.slice(2))) {
  handing.engine = forkEngine({ entry: beside('./engine.cjs') });
  // One that cannot start is started again where it is needed, and said there.
  handing.engine.on('error', () => {});
}
hand(handing);
handing.keepCode = runKept(beside('./commands.cjs'));
