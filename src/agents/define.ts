import { type Fields, given } from './fields.ts';
import type { Tool, ToolDefinition } from './tool.ts';

/**
 * A tool whose `run` gets fields that have been checked against their kinds.
 * @throws Refusal, from `answer`, where a field does not fit
 */
export function tool<const F extends Fields>({ run, ...facts }: ToolDefinition<F>): Tool {
  return { ...facts, answer: async (said, desk, options) => run(given(facts.fields, said), desk, options) };
}
