import type { Attribute, GraphNode } from './graph.ts';
import type { Tensor } from './tensor.ts';

/** An attribute that is one integer. */
export const int = (value: number): Attribute => ({ kind: 'int', value });

/** An attribute that is one float. */
export const float = (value: number): Attribute => ({ kind: 'float', value });

/** An attribute that is a string. */
export const text = (value: string): Attribute => ({ kind: 'string', value });

/** An attribute that is a list of integers. */
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value });

/** An attribute that is a list of floats. */
export const floats = (value: readonly number[]): Attribute => ({ kind: 'floats', value });

/** The attribute's value, or undefined where the node leaves it out (or it is of another kind). */
export function intOf(node: Pick<GraphNode, 'attributes'>, name: string): number | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'int' ? attribute.value : undefined;
}

/** An int attribute is given too: ONNX files write whole floats as ints now and then. */
export function floatOf(node: Pick<GraphNode, 'attributes'>, name: string): number | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'float' || attribute?.kind === 'int' ? attribute.value : undefined;
}

/** As intOf, of a string. */
export function textOf(node: Pick<GraphNode, 'attributes'>, name: string): string | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'string' ? attribute.value : undefined;
}

/** As intOf, of a list of integers. */
export function intsOf(node: Pick<GraphNode, 'attributes'>, name: string): readonly number[] | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'ints' ? attribute.value : undefined;
}

/** As intOf, of a list of floats. */
export function floatsOf(node: Pick<GraphNode, 'attributes'>, name: string): readonly number[] | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'floats' ? attribute.value : undefined;
}

/** As intOf, of a list of strings. */
export function stringsOf(node: Pick<GraphNode, 'attributes'>, name: string): readonly string[] | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'strings' ? attribute.value : undefined;
}

/** As intOf, of a tensor. */
export function tensorOf(node: Pick<GraphNode, 'attributes'>, name: string): Tensor | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'tensor' ? attribute.value : undefined;
}
