import type { Runtime } from '../graph/runtime.ts';
import { forbidTelemetry } from './noTelemetry.ts';
import { type Ort, openOrtSession } from './ortSession.ts';
import { threadCount } from './threads.ts';

/**
 * The native runtime. The package is optional and has no binary for some platforms.
 * @throws Error when the package or its binary is not there.
 */
export async function openOnnxRuntimeNode(): Promise<Runtime> {
  forbidTelemetry();
  const module = await import('onnxruntime-node');
  const ort = 'default' in module ? (module.default as typeof module) : module;
  const version = ort.env.versions.node ?? ort.env.versions.common;
  return {
    id: 'onnxruntime-node',
    version,
    load: (graph, options) =>
      openOrtSession(ort as Ort, `onnxruntime-node ${version}`, 'cpu', threadCount(), graph, options),
  };
}
