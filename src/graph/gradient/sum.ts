import type { GraphBuilder } from '../builder.ts';

/** The sum of one or more tensors of the same shape. */
export function sumOf(builder: GraphBuilder, parts: readonly string[]): string {
  return parts.length === 1 ? parts[0]! : builder.add(parts.length === 2 ? 'Add' : 'Sum', parts);
}
