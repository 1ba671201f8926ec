import type { Graph, GraphNode } from '../../graph/graph.ts';
import { Refusal } from '../../refusal.ts';
import type { Session, Tensors } from '../runtime.ts';
import { type Backend, choose } from './backend.ts';
import { checkFeeds } from './checkFeeds.ts';
import { checkGraph } from './checkGraph.ts';
import { ConstantStore } from './constantStore.ts';
import { runNodes } from './runNodes.ts';

/**
 * Runs a Graph node by node with tfjs.
 * @param title names the runtime in a refusal, e.g. `tfjs-wasm 4.22.0`.
 * @throws Refusal `model-refused`, naming the operator that tfjs does not run here
 */
export async function openTfjsSession(backend: Backend, title: string, graph: Graph): Promise<Session> {
  checkGraph(graph, title);
  const constants = new ConstantStore(graph);
  const live = new Map<string, readonly GraphNode[]>();
  return {
    async run(feeds, outputs = graph.outputs.map(({ name }) => name)): Promise<Tensors> {
      checkFeeds(graph, feeds, title);
      await choose(backend);
      try {
        return runNodes(backend.tf, graph, constants, feeds, outputs, live);
      } catch (error) {
        throw new Refusal(
          'model-refused',
          `${title} stopped while running this model: ${oneSentence(error)}`,
        );
      }
    },
    async dispose() {
      constants.dispose();
    },
  };
}

function oneSentence(error: unknown): string {
  const said = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
  const short = said.length > 300 ? `${said.slice(0, 300)}…` : said || 'no reason given';
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}
