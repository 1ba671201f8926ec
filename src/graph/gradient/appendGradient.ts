import type { GraphBuilder } from '../builder.ts';
import { type Path, ReversePass } from './backward.ts';

/**
 * Appends d logit / d `at` and gives the tensor's name; it has the dims of `at`, the batch as it comes.
 * @throws Refusal as ReversePass.
 */
export function appendGradient(builder: GraphBuilder, path: Path & { readonly at: string }): string {
  return new ReversePass(builder, path).gradient(path.at)!;
}

/**
 * Appends d logit / d each of `at` in one pass; the names are in the order of `at`.
 * @throws Refusal as ReversePass.
 */
export function appendGradients(
  builder: GraphBuilder,
  path: Path & { readonly at: readonly string[] },
): string[] {
  const pass = new ReversePass(builder, path);
  return path.at.map((name) => pass.gradient(name)!);
}
