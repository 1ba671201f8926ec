import type { Runtime } from '../../src/graph/runtime.ts';
import { openTfjsNode } from '../../src/runtime/tfjsNode.ts';
import { type NativeTfjsNode, nativeTfjsNode } from './buildTfjsNode.ts';

/** `npm test` builds once and tells the processes of its suites: the folder, or `!` and why there is none. */
export const TEST_VARIABLE = 'ATTRIBUTION_TEST_TFJS_NODE';

export function asVariable(built: NativeTfjsNode): string {
  return 'folder' in built ? built.folder : `!${built.missing}`;
}

/** The tfjs-node that was compiled for the tests; without one the tests are skipped, and said so. */
export async function openNativeTfjsNode(context: Mocha.Context): Promise<Runtime> {
  context.timeout(400_000);
  process.env[TEST_VARIABLE] ??= asVariable(nativeTfjsNode());
  const built = process.env[TEST_VARIABLE];
  if (built.startsWith('!')) {
    console.warn(`NOT RUN: tfjs-node, because ${built.slice(1)}`);
    return context.skip();
  }
  return openTfjsNode(built);
}
