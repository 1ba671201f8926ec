import type { Finding } from '../finding.ts';
import { isConv } from './convolved.ts';
import { type FoldedNorm, foldedNorms, foldedSentence, isPath } from './foldedNorms.ts';
import { reachedBack } from './gradient/reachedBack.ts';
import type { Graph } from './graph.ts';
import { laterConvolution } from './laterConvolution.ts';
import { isInstancesFirst, type LayerPlace } from './layerAxes.ts';
import { isLastConvolution } from './layerByDefault.ts';
import { type Chain, findChains } from './layerChains.ts';
import { layerMarks } from './layerMarks.ts';
import type { LayerSummary } from './layerSummary.ts';
import { liveNodes } from './liveNodes.ts';
import type { Modules } from './moduleOutputs.ts';
import { nodeCalled } from './nodeCalled.ts';
import type { Track } from './receptive/track.ts';
import type { Shapes } from './shapes.ts';
import { type Stacked, stackedRecurrences, stackNote } from './stackedRecurrences.ts';

/** A layer with what is needed to explain it. */
export type Layer = LayerSummary & Pick<LayerPlace, 'axes' | 'positions' | 'reads'>;

/** What the layers of a model are found from. */
interface LayerSource {
  readonly graph: Graph;
  readonly logits: string;
  readonly shapes: Shapes;
  readonly tracks: ReadonlyMap<string, Track>;
  readonly modules: Modules;
  readonly features: number;
  /** Every tensor as a layer; see placeLayer. */
  readonly place: (tensor: string) => LayerPlace | string;
}

/** Operators that make a layer of what they read. */
const STEPPING = new Set(['Conv', 'ConvTranspose', 'LSTM', 'GRU', 'RNN']);

/** Every layer between input and logits whose map can be drawn over time, in the order of the graph. */
export function findLayers(source: LayerSource): { readonly layers: Layer[]; readonly findings: Finding[] } {
  const graph = { ...source.graph, nodes: liveNodes(source.graph.nodes, [source.logits]) };
  const { place } = source;
  const usable = (tensor: string) => typeof place(tensor) !== 'string';
  const isPlain = (tensor: string) => {
    const found = place(tensor);
    return typeof found !== 'string' && isInstancesFirst(found);
  };
  const dims = (tensor: string) => source.shapes.dims(tensor);
  const chains = findChains(graph, { ...source, dims, isLayer: usable, isPlain });
  const stacks = stackedRecurrences(graph.nodes, chains, source.modules);
  const names = layerNames(chains, { ...source, stacks, usable });
  const findings: Finding[] = [];
  const drawable = chains.flatMap((chain, i) => {
    const found = place(chain.tensor);
    if (typeof found === 'string') {
      const sentence = `Layer ${names[i]} is not offered: its map ${found}.`;
      findings.push({ code: 'layer-left-out', severity: 'info', sentence });
      return [];
    }
    return [{ chain, place: found, name: names[i]!, stack: stacks.get(chain) }];
  });
  const loose = graph.nodes.find(
    ({ op, inputs }) => STEPPING.has(op) && source.shapes.lengths(inputs[0]!).size > 0,
  );
  if (loose) {
    const sentence = `Layers from ${nodeCalled(loose)} on are not offered: how many positions they have follows the values of the input.`;
    findings.push({ code: 'layer-left-out', severity: 'info', sentence });
  }
  const reached = reachedBack(graph, source.logits);
  const marks = layerMarks(graph, source.shapes, source.tracks, drawable, reached);
  const at = marks.findIndex((own) => isLastConvolution({ marks: own }));
  const marked = drawable[at];
  const last = marked && { name: marked.name, tensor: marked.chain.tensor };
  if (last || !drawable.some(({ chain }) => chain.nodes.some(isConv)))
    findings.push(...laterConvolution(graph.nodes, last, place, dims));
  const folded = foldedNorms(source.graph, source.modules);
  return {
    layers: drawable.map(({ name, chain, place, stack }, i) => {
      const note = noteOf(folded, source.modules, source.features, name, chain.tensor, place);
      const notes = [note, stack && stackNote(stack)].flatMap((one) => one ?? []);
      const layer = toLayer(name, chain, place, marks[i]!, notes.length ? notes.join(' ') : undefined);
      return reached.has(chain.tensor) ? layer : { ...layer, isCut: true };
    }),
    findings,
  };
}

/** A layer as pickers and audits see it: where its positions lie in time and features, and what is said of it. */
export function toLayer(
  name: string,
  chain: Pick<Chain, 'parts' | 'tensor'>,
  place: LayerPlace,
  marks: readonly string[],
  note?: string,
): Layer {
  return {
    name,
    tensor: chain.tensor,
    kind: [...new Set(chain.parts.map((part) => part.op))].join(' + '),
    parts: chain.parts,
    rank: place.axes.feature === null || place.axes.averaged ? 1 : 2,
    marks,
    ...(note && { note }),
    ...place,
  };
}

/**
 * What has to be known of a layer that is asked for by this name: of a whole block's, a norm within it is none.
 * @param norms all of the graph
 */
export function noteOf(
  norms: readonly FoldedNorm[],
  modules: Modules,
  features: number,
  name: string,
  tensor: string,
  { axes, shape }: LayerPlace,
): string | undefined {
  const folded = norms.filter(({ node, conv }) => node.outputs[0] === tensor && isPath(conv, name));
  const sentences = folded.map(foldedSentence);
  const given = modules.outputs.get(name);
  if (given?.note && given.tensor === tensor) sentences.push(given.note);
  if (axes.averaged)
    sentences.push(
      `The layer has ${shape[1]} rows for ${features} features, so no row is a feature: its map over time is the mean of them.`,
    );
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}

/**
 * The module whose output the layer is: the smallest that holds all its parts. Where an activation is no module, the
 * module it follows with the activation's name (`conv+relu`); a step inside a module that gives something else, the module
 * with the step's kind (`block.add`); where names tell nothing, the kind and a number.
 */
function layerNames(chains: readonly Chain[], naming: Naming): string[] {
  const counts = new Map<string, number>();
  const found = chains.map((chain) => {
    const kind = plain(chain.parts[0]!.op);
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return moduleName(chain, naming) ?? `${kind}${count}`;
  });
  const taken = new Set<string>();
  return found.map((name, i) => {
    const chain = chains[i]!;
    const given = naming.modules.outputs.get(name)?.tensor;
    // Of several that lie in a module and that it does not give, none stands for it, but the last recurrence.
    const isOneOf = found.indexOf(name) !== found.lastIndexOf(name) && !naming.stacks.get(chain)?.isLast;
    const isGiven = given === undefined || [chain.tensor, ...chain.copies].includes(given);
    const own = isOneOf && !isGiven ? `${name}.${plain(chain.parts.at(-1)!.op)}` : name;
    let unique = own;
    for (let again = 2; taken.has(unique); again++) unique = `${own}#${again}`;
    taken.add(unique);
    return unique;
  });
}

function moduleName(chain: Chain, { modules, stacks, usable }: Naming): string | undefined {
  const scopes = chain.nodes.map((node) => modules.scopes(node));
  const outputs = [chain.tensor, ...chain.copies];
  /** Its path, or `path#2`, … where the module gives several. */
  const named = (path: string) => {
    for (let name = path, k = 2; modules.outputs.has(name); name = `${path}#${k++}`) {
      if (outputs.includes(modules.outputs.get(name)!.tensor)) return name;
    }
    return undefined;
  };
  const firstNamed = (paths: readonly string[] = []) =>
    paths
      .toReversed()
      .map(named)
      .find((name) => name !== undefined);
  const shared = (scopes[0] ?? []).filter((path) => scopes.every((paths) => paths.includes(path)));
  const whole = firstNamed(shared) ?? firstNamed(scopes.at(-1));
  const head = scopes[0]?.at(-1);
  const last = chain.parts.at(-1)!.op;
  if (whole !== undefined || head === undefined) return whole;
  if (chain.parts.length > 1) return `${head}+${plain(last)}`;
  // A step inside a module must not be taken for what the module gives.
  const given = modules.outputs.get(head)?.tensor;
  // Where that is none to be drawn, the sequence of the last recurrence may stand for it, but not what goes into one.
  const isInner = last === 'Linear' || stacks.get(chain)?.isLast === false;
  const isOther = given !== undefined && !outputs.includes(given) && (usable(given) || isInner);
  return isOther ? `${head}.${plain(last)}` : head;
}

/** What layers are called by. */
interface Naming {
  readonly modules: Modules;
  readonly stacks: ReadonlyMap<Chain, Stacked>;
  readonly usable: (tensor: string) => boolean;
}

/** `Conv 1-D` → `conv`, `Max pool 1-D` → `max-pool`. */
function plain(op: string): string {
  return op
    .toLowerCase()
    .replace(/ \d-d$/, '')
    .replaceAll(' ', '-');
}
