import type { Runtime, RuntimeId } from '../graph/runtime.ts';
import { openOnnxRuntimeNode } from './onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from './onnxRuntimeWeb.ts';
import { openTfjsNode } from './tfjsNode.ts';
import { openTfjsWasm } from './tfjsWasm.ts';

const OPEN: Readonly<Record<RuntimeId, () => Promise<Runtime>>> = {
  'onnxruntime-node': openOnnxRuntimeNode,
  'onnxruntime-web': openOnnxRuntimeWeb,
  'tfjs-node': () => openTfjsNode(),
  'tfjs-wasm': openTfjsWasm,
};

/** What takes over where a runtime with native code does not load, and what is said of it. */
const INSTEAD: Partial<Record<RuntimeId, readonly [RuntimeId, string]>> = {
  'onnxruntime-node': ['onnxruntime-web', 'with WebAssembly'],
  'tfjs-node': ['tfjs-wasm', 'with tfjs-wasm; "Install tfjs-node Runtime" is the command that installs it'],
};

interface PickedRuntime {
  readonly runtime: Runtime;
  /** In one sentence, why a preferred one is not used and what is. */
  readonly note?: string;
  /** Why the preferred one does not load, in a few words. */
  readonly reason?: string;
  /** It is here and does not load, rather than not made for this machine or left out of the package. */
  readonly broken?: true;
}

/** The runtime asked for, the native one by default. */
export async function pickRuntime(prefer: 'auto' | RuntimeId): Promise<PickedRuntime> {
  const id = prefer === 'auto' ? 'onnxruntime-node' : prefer;
  const instead = INSTEAD[id];
  if (!instead) return { runtime: await OPEN[id]() };
  try {
    return { runtime: await OPEN[id]() };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const [other, how] = instead;
    return {
      runtime: await OPEN[other](),
      reason,
      ...(isAbsent(error) ? {} : { broken: true as const }),
      note: `${id} does not load here (${reason}), so models run ${how}.`,
    };
  }
}

/** The package, or its binary for this platform: what Node says where a file to load is not there. */
export function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
}
