import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { Runtime } from '../graph/runtime.ts';
import type { Backend, Tf } from './tfjs/backend.ts';
import { choose } from './tfjs/backend.ts';
import { openTfjsSession } from './tfjs/openTfjsSession.ts';

/**
 * tfjs with its WebAssembly backend (one thread, under Node): runs wherever Node does and asks no network. It computes
 * our own gradient graphs, so that the gradient kernels the backend lacks are not missed.
 */
export async function openTfjsWasm(): Promise<Runtime> {
  const tf = plain<Tf>(await import('@tensorflow/tfjs-core'));
  const wasm = plain(await import('@tensorflow/tfjs-backend-wasm'));
  const file = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  wasm.setWasmPaths(join(dirname(file), 'dist') + sep);
  const backend: Backend = { tf, name: 'wasm' };
  await choose(backend);
  const version = wasm.version_wasm;
  return {
    id: 'tfjs-wasm',
    version,
    load: (graph) => openTfjsSession(backend, `tfjs-wasm ${version}`, graph),
  };
}

/** A CommonJS package imported from an ES module hides behind `default`. */
function plain<Module extends object>(module: Module): Module {
  return 'default' in module ? (module.default as Module) : module;
}
