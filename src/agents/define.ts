import { type Fields, given } from './fields.ts';
import type { Tool, ToolDefinition } from './tool.ts';

export function tool<const F extends Fields>({ run, ...facts }: ToolDefinition<F>): Tool {
  return { ...facts, answer: async (said, desk, options) => run(given(facts.fields, said), desk, options) };
}
