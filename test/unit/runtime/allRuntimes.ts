import type { Runtime, RuntimeId } from '../../../src/graph/runtime.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import { openTfjsWasm } from '../../../src/runtime/tfjsWasm.ts';
import { openNativeTfjsNode } from '../../native/openTfjsNode.ts';

export interface RuntimeUnderTest {
  readonly id: RuntimeId;
  /** To be called in a hook: skips the tests where the runtime cannot be had, and says so. */
  open(context: Mocha.Context): Promise<Runtime>;
}

export const ONNX_RUNTIMES: readonly RuntimeUnderTest[] = [
  { id: 'onnxruntime-node', open: openOnnxRuntimeNode },
  { id: 'onnxruntime-web', open: openOnnxRuntimeWeb },
];

/** The runtimes that execute the graph node by node themselves. */
export const TFJS_RUNTIMES: readonly RuntimeUnderTest[] = [
  { id: 'tfjs-node', open: openNativeTfjsNode },
  { id: 'tfjs-wasm', open: openTfjsWasm },
];

export const ALL_RUNTIMES: readonly RuntimeUnderTest[] = [...ONNX_RUNTIMES, ...TFJS_RUNTIMES];
