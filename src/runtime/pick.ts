import { openOnnxRuntimeNode } from './onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from './onnxRuntimeWeb.ts';
import type { Runtime, RuntimeId } from './runtime.ts';

/** The native runtime where it loads, else WebAssembly; `note` says why a preferred one is not used. */
export async function pickRuntime(
  prefer: 'auto' | RuntimeId,
): Promise<{ readonly runtime: Runtime; readonly note?: string }> {
  if (prefer === 'onnxruntime-web') {
    return { runtime: await openOnnxRuntimeWeb() };
  }
  try {
    return { runtime: await openOnnxRuntimeNode() };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return {
      runtime: await openOnnxRuntimeWeb(),
      note: `onnxruntime-node does not load here (${reason}), so models run with WebAssembly.`,
    };
  }
}
