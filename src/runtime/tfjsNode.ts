import { createRequire } from 'node:module';
import type { Runtime } from '../graph/runtime.ts';
import { type Backend, choose, type Tf } from './tfjs/backend.ts';
import { findTfjsNode } from './tfjs/findTfjsNode.ts';
import { openTfjsSession } from './tfjs/openTfjsSession.ts';
import { threadCount } from './threads.ts';

/** What the package adds to tfjs. */
type TfNode = Tf & { readonly version: { readonly 'tfjs-node': string } };

/**
 * tfjs over the native TensorFlow library. The package is optional, and it loads only with its native addon, which its
 * own install script fetches.
 * @param named its folder; ATTRIBUTION_TFJS_NODE unless given
 * @throws Error in one sentence where there is none or it does not load
 */
export async function openTfjsNode(named?: string): Promise<Runtime> {
  const folder = findTfjsNode(named);
  const require = createRequire(import.meta.url);
  restoreIsNullOrUndefined(require('node:util'));
  // Read by the library when it starts: no banner, and not a thread for every core.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  process.env.TF_NUM_INTRAOP_THREADS ??= `${threadCount()}`;
  process.env.TF_NUM_INTEROP_THREADS ??= '1';
  const tf = require(folder) as TfNode;
  const backend: Backend = { tf, name: 'tensorflow' };
  await choose(backend);
  const version = tf.version['tfjs-node'];
  return {
    id: 'tfjs-node',
    version,
    load: (graph) => openTfjsSession(backend, `tfjs-node ${version}`, graph),
  };
}

/** Node 23 took it away, tfjs-node 4.22 still calls it. */
function restoreIsNullOrUndefined(util: { isNullOrUndefined?: (value: unknown) => boolean }): void {
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
