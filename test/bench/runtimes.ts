import { basename } from 'node:path';
import { createEngine } from '../../src/engine/service.ts';
import { RUNTIME_IDS } from '../../src/graph/runtime.ts';
import { TFJS_NODE_VARIABLE } from '../../src/runtime/tfjs/findTfjsNode.ts';
import { nativeTfjsNode } from '../native/buildTfjsNode.ts';
import { layerOf } from './peers/cases.ts';
import { printTable } from './table.ts';

/** One instance through the model and Grad-CAM at the first and last layer, as "Select Runtime…" measures them. */
export async function benchRuntimes(models: readonly string[]): Promise<void> {
  const built = nativeTfjsNode();
  if ('folder' in built) process.env[TFJS_NODE_VARIABLE] ??= built.folder;
  const rows: (string | number)[][] = [];
  for (const model of models) {
    for (const prefer of RUNTIME_IDS) {
      const engine = createEngine();
      const { id, note } = await engine.runtime({ prefer });
      if (id !== prefer) {
        console.warn(note);
        continue;
      }
      const { layers } = await engine.model({ model, prefer });
      const first = await engine.timing({ model, prefer, layer: layerOf(layers, 'first conv').name });
      const last = await engine.timing({ model, prefer, layer: layerOf(layers, 'last conv').name });
      const forward = Math.min(first.forwardMs, last.forwardMs);
      rows.push([basename(model), prefer, forward, first.mapMs ?? Number.NaN, last.mapMs ?? Number.NaN]);
      await engine.dispose();
    }
  }
  printTable(
    'One instance per runtime, median ms',
    ['model', 'runtime', 'forward', 'Grad-CAM, first layer', 'Grad-CAM, last layer'],
    rows,
  );
}
