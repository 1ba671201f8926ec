import type { GraphBuilder } from '../builder.ts';
import { type Path, ReversePass } from './backward.ts';

/**
 * Appends d logit / d `at` and gives the tensor's name; it has the dims of `at`, the batch as it comes.
 * @throws Refusal as ReversePass.
 */
export function appendGradient(builder: GraphBuilder, path: Path): string {
  return new ReversePass(builder, path).gradient(path.at)!;
}
