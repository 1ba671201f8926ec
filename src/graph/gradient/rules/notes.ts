/** What a reader notes at a node whose gradient ONNX leaves open. */
export const EQUALS = 'attribution.equals';

/** A ReduceMax or ReduceMin of one axis whose gradient goes to the first of equal values. */
export const FIRST_OF_EQUALS: ReadonlyMap<string, string> = new Map([[EQUALS, 'first']]);

/** A Max or Min whose inputs share the gradient where they are equal. */
export const EQUALS_SHARE: ReadonlyMap<string, string> = new Map([[EQUALS, 'share']]);

/** A Max of one input that hands no gradient on. */
export const NO_GRADIENT: ReadonlyMap<string, string> = new Map([['attribution.gradient', 'none']]);

/** Whether a reader has noted that no gradient passes it. */
export function handsNoGradient(node: { readonly metadata?: ReadonlyMap<string, string> }): boolean {
  return node.metadata?.get('attribution.gradient') === 'none';
}
