import { nativeTfjsNode } from './buildTfjsNode.ts';
import { asVariable } from './openTfjsNode.ts';

/** A process of its own for `npm test`, which goes on meanwhile. */
process.stdout.write(`\n${asVariable(nativeTfjsNode())}`);
