import type { Runtime } from '../graph/runtime.ts';
import { type Ort, openOrtSession } from './ortSession.ts';
import { threadCount } from './threads.ts';

/**
 * The WebAssembly runtime: runs wherever Node does. Under Node the package resolves to its wasm-only build, which
 * reads the .wasm lying beside it and asks no network.
 */
export async function openOnnxRuntimeWeb(): Promise<Runtime> {
  const module = await import('onnxruntime-web');
  const ort = 'default' in module ? (module.default as typeof module) : module;
  const version = ort.env.versions.web ?? ort.env.versions.common;
  // Read once, when the first session starts the WebAssembly module.
  ort.env.wasm.numThreads = threadCount();
  ort.env.logLevel = 'fatal';
  return {
    id: 'onnxruntime-web',
    version,
    load: (graph, options) =>
      openOrtSession(ort as Ort, `onnxruntime-web ${version}`, 'wasm', threadCount(), graph, options),
  };
}
