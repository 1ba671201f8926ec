import type { Finding } from '../finding.ts';
import type { DataType, Tensor } from './tensor.ts';

/**
 * The one model form: an ONNX graph, decoded. Everything that rewrites a model (gradient, masks, ablation) takes a
 * Graph and gives a Graph; a Graph is never changed in place.
 */
export interface Graph {
  /** Opset of the default domain (9 or newer; 9..22 are tested). */
  readonly opset: number;
  readonly irVersion: number;
  /** Who wrote it, e.g. `pytorch 2.13.0`. */
  readonly producer: string;
  /** In topological order. */
  readonly nodes: readonly GraphNode[];
  /** Initializers by name; `Constant` nodes stay nodes. */
  readonly constants: ReadonlyMap<string, Tensor>;
  /** True inputs only (initializers that are also listed as inputs are left out). */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** What the file says of itself (`metadata_props` of ONNX). */
  readonly metadata?: ReadonlyMap<string, string>;
  /** The nodes of every module are its own, call by call, as they were traced: no optimiser merged any. */
  readonly traced?: true;
  /** What reading the file changed. */
  readonly findings?: readonly Finding[];
}

/** One operator of ONNX with the names of its tensors. */
export interface GraphNode {
  readonly op: string;
  /** '' is the ONNX domain. */
  readonly domain: string;
  readonly name: string;
  /** '' where an optional input is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
  /** What the exporter noted, e.g. `pkg.torch.onnx.name_scopes`. */
  readonly metadata?: ReadonlyMap<string, string>;
}

/** The attributes of a node by name. */
export type Attributes = Readonly<Record<string, Attribute>>;

/** An attribute of a node, with the kind it has in ONNX. */
export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'strings'; readonly value: readonly string[] }
  | { readonly kind: 'tensor'; readonly value: Tensor }
  | { readonly kind: 'graph'; readonly value: Graph };

/** A named tensor of the graph's surface. A dim is a number, a symbol (`batch`), or null where nothing is said. */
export interface ValueInfo {
  readonly name: string;
  /** null where nothing is said, as for an inner tensor made an output: the runtime finds out. */
  readonly dtype: DataType | null;
  readonly dims: readonly (number | string | null)[];
  /** True where the file says that no dims means a scalar, as a Loop's body must. */
  readonly scalar?: true;
}
