import type { Attribute, GraphNode } from './graph.ts';
import type { Tensor } from './tensor.ts';

export const int = (value: number): Attribute => ({ kind: 'int', value });
export const float = (value: number): Attribute => ({ kind: 'float', value });
export const text = (value: string): Attribute => ({ kind: 'string', value });
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value });
export const floats = (value: readonly number[]): Attribute => ({ kind: 'floats', value });

/** The attribute's value, or undefined where the node leaves it out (or it is of another kind). */
export function intOf(node: GraphNode, name: string): number | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'int' ? attribute.value : undefined;
}

/** An int attribute is given too: ONNX files write whole floats as ints now and then. */
export function floatOf(node: GraphNode, name: string): number | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'float' || attribute?.kind === 'int' ? attribute.value : undefined;
}

export function textOf(node: GraphNode, name: string): string | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'string' ? attribute.value : undefined;
}

export function intsOf(node: GraphNode, name: string): readonly number[] | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'ints' ? attribute.value : undefined;
}

export function floatsOf(node: GraphNode, name: string): readonly number[] | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'floats' ? attribute.value : undefined;
}

export function stringsOf(node: GraphNode, name: string): readonly string[] | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'strings' ? attribute.value : undefined;
}

export function tensorOf(node: GraphNode, name: string): Tensor | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'tensor' ? attribute.value : undefined;
}
