import type { Graph } from '../graph/graph.ts';
import type { LoadedGraph } from '../graph/runtime.ts';
import { channelGraph, plainGraph } from './channelGraph.ts';
import { inputLayer } from './inputLayer.ts';
import { gradientGraph, type MapLayer, type MapModel, type MapOptions, mapGraph } from './mapGraph.ts';
import type { ModelInput } from './modelFeed.ts';
import { type PathKind, pathGraph } from './pathGraph.ts';
import { wholeGraph, windowGraph } from './windowGraph.ts';

/**
 * The graphs a method may ask for: its own map; the model alone; the model with switches for a layer's channels; d score
 * / d input as [N, F, T];
 * signed Grad-CAM; the same gradient summed over points `between` or `around` series.
 */
type GraphKind = 'map' | 'plain' | 'channels' | 'gradient' | 'gradcam' | PathKind | CutKind;

/** The one series as a whole, and what changes of it, for windows of so many steps and of one row or of several. */
type CutKind = `${'whole' | 'windows'} ${number} ${'row' | 'rows'}`;

/** The loaded graphs of one method at one layer; each is built and loaded when first asked for. */
export interface MethodGraphs {
  /** @throws Refusal as mapGraph does, or `model-refused` */
  load(kind: GraphKind, contrast: boolean): Promise<LoadedGraph>;
  dispose(): Promise<void>;
}

/** What tells one graph of a model from another; sessions are kept under it. */
export function graphKey(kind: GraphKind, layer: MapLayer, options: MapOptions, contrast: boolean): string {
  const { method, relu, maskedAlpha } = options;
  if (isCut(kind)) return kind;
  switch (kind) {
    case 'map':
      return JSON.stringify([kind, layer.tensor, layer.axes.channel, method, relu, maskedAlpha, contrast]);
    case 'plain':
    case 'between':
    case 'around':
      return kind;
    case 'gradient':
      return JSON.stringify([kind, contrast]);
    default:
      return JSON.stringify([kind, layer.tensor, maskedAlpha, contrast]);
  }
}

function isCut(kind: GraphKind): kind is CutKind {
  return kind.startsWith('whole ') || kind.startsWith('windows ');
}

/** The graph that one kind of run needs. */
export function graphOf(
  kind: GraphKind,
  model: MapModel & { readonly input: ModelInput },
  layer: MapLayer,
  options: MapOptions,
  contrast: boolean,
): Graph {
  if (isCut(kind)) {
    const [name, width, rows] = kind.split(' ') as [string, string, string];
    const shape = { width: Number(width), oneRow: rows === 'row' };
    return (name === 'whole' ? wholeGraph : windowGraph)(model, shape);
  }
  switch (kind) {
    case 'map':
      return mapGraph(model, layer, { ...options, contrast });
    case 'plain':
      return plainGraph(model);
    case 'channels':
      return channelGraph(model, layer, options.maskedAlpha);
    case 'between':
    case 'around':
      return pathGraph(model, kind);
    case 'gradient':
      return gradientGraph(
        model,
        inputLayer(model.input, 0),
        { relu: false, maskedAlpha: false, contrast },
        (builder, { gradient }) => builder.squeeze(gradient(), [1]),
      );
    case 'gradcam':
      return mapGraph(model, layer, {
        method: 'gradcam',
        relu: false,
        maskedAlpha: options.maskedAlpha,
        contrast,
      });
  }
}

/** A method's graphs loaded one by one, kept until disposed of. */
export function openMethod(
  load: (graph: Graph) => Promise<LoadedGraph>,
  model: MapModel & { readonly input: ModelInput },
  layer: MapLayer,
  options: MapOptions,
): MethodGraphs {
  const loaded = new Map<string, Promise<LoadedGraph>>();
  return {
    load(kind, contrast) {
      const key = graphKey(kind, layer, options, contrast);
      const session =
        loaded.get(key) ?? Promise.resolve(graphOf(kind, model, layer, options, contrast)).then(load);
      loaded.set(key, session);
      return session;
    },
    async dispose() {
      for (const session of loaded.values()) await (await session).dispose();
      loaded.clear();
    },
  };
}
