import { Refusal } from '../../../refusal.ts';
import { isObject, objectAt, textAt, type UnknownObject } from '../json.ts';
import { readShape } from './nodeAttributes.ts';
import { type NodeDef, type Port, readPort } from './nodeDef.ts';

/** What goes into the graph and what comes out. */
export interface Signature {
  /** Shapes that were noted for placeholders, by the placeholder's name. */
  readonly shapes: ReadonlyMap<string, readonly (number | null)[]>;
  readonly outputs: readonly { readonly name: string; readonly port: Port }[];
}

/**
 * Without a signature, the outputs are the nodes nothing else reads.
 * @throws Refusal `broken-model`
 */
export function readSignature(signature: UnknownObject | undefined, nodes: readonly NodeDef[]): Signature {
  const shapes = new Map<string, readonly (number | null)[]>();
  for (const [name, info] of entries(signature, 'inputs')) {
    const shape = isObject(info.tensorShape) ? readShape(info.tensorShape, `The input "${name}"`) : undefined;
    if (shape) shapes.set(readPort(nameOf(info, name)).node, shape);
  }
  const named = entries(signature, 'outputs').map(([name, info]) => ({
    name,
    port: readPort(nameOf(info, name)),
  }));
  const outputs = named.length > 0 ? named : unread(nodes);
  if (outputs.length === 0) throw new Refusal('broken-model', 'The graph has no output.');
  return { shapes, outputs };
}

function entries(
  signature: UnknownObject | undefined,
  side: 'inputs' | 'outputs',
): [string, UnknownObject][] {
  const list = signature?.[side];
  if (list === undefined || list === null) return [];
  return Object.entries(objectAt(list, `The signature's ${side}`)).map(([name, info]) => [
    name,
    objectAt(info, `The signature's "${name}"`),
  ]);
}

function nameOf(info: UnknownObject, name: string): string {
  return info.name === undefined ? name : textAt(info.name, `The signature's "${name}"`);
}

function unread(nodes: readonly NodeDef[]): Signature['outputs'] {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs.map(({ node }) => node)));
  const last = nodes.filter(({ name, op }) => !read.has(name) && op !== 'NoOp' && op !== 'Const');
  return last.map(({ name }) => ({ name, port: { node: name, port: 0 } }));
}
