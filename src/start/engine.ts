import { fileURLToPath } from 'node:url';
import { type Handed, hand } from './handed.ts';
import { runKept } from './keptCode.ts';

/** dist/engine.cjs: the engine's process, whose bundle lies beside it. */
const handing: Handed = {};
hand(handing);
handing.keepCode = runKept(fileURLToPath(new URL('./service.cjs', import.meta.url)));
