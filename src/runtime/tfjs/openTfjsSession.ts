import type { Graph } from '../../graph/graph.ts';
import type { LoadedGraph, Tensors } from '../../graph/runtime.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import { type Backend, choose } from './backend.ts';
import { checkFeeds } from './checkFeeds.ts';
import { checkGraph } from './checkGraph.ts';
import { Program } from './program.ts';
import { runProgram } from './runProgram.ts';
import { RunValue } from './value.ts';

/**
 * Runs a Graph node by node with tfjs.
 * @param title names the runtime in a refusal, e.g. `tfjs-wasm 4.22.0`.
 * @throws Refusal `model-refused`, naming the operator that tfjs does not run here
 */
export async function openTfjsSession(backend: Backend, title: string, graph: Graph): Promise<LoadedGraph> {
  checkGraph(graph, title);
  const program = new Program(graph);
  return {
    async run(feeds, outputs = graph.outputs.map(({ name }) => name)): Promise<Tensors> {
      checkFeeds(graph, feeds, title);
      await choose(backend);
      try {
        const inputs = Object.entries(feeds).map(([name, feed]) => [name, RunValue.host(feed)] as const);
        const results = runProgram(backend.tf, program, inputs, outputs);
        return Object.fromEntries(results.map((value, i) => [outputs[i]!, given(value)]));
      } catch (error) {
        throw new Refusal(
          'model-refused',
          `${title} stopped while running this model: ${oneSentence(error)}`,
        );
      }
    },
    async dispose() {
      program.dispose();
    },
  };
}

/** A copy of its own: a constant or a feed that comes out may be changed by whoever gets it. */
function given(value: RunValue): Tensor {
  const { dtype, dims, data } = value.host();
  value.release();
  return { dtype, dims: [...dims], data: data.slice() as Tensor['data'] };
}

function oneSentence(error: unknown): string {
  const said = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
  const short = said.length > 300 ? `${said.slice(0, 300)}…` : said || 'no reason given';
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}
