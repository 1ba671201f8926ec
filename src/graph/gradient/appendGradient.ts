import type { GraphBuilder } from '../builder.ts';
import { type Path, readings } from './backward.ts';
import { sumOf } from './sum.ts';

/**
 * Appends d logit / d `at` and gives the tensor's name; it has the dims of `at`, the batch as it comes.
 * @throws Refusal as `readings`.
 */
export function appendGradient(builder: GraphBuilder, path: Path): string {
  const found = readings(builder, builder.base.nodes, path);
  return sumOf(
    builder,
    found.map((reading) => reading.gradient()),
  );
}
