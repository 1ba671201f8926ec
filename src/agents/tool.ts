import type { CallOptions } from '../engine/client.ts';
import type { Answer, Argument, EngineMethod } from '../engine/protocol.ts';
import type { RuntimePreference } from '../engine/requests.ts';
import type { Fields, Given } from './fields.ts';

/** Who computes: the engine's client, here or in the editor. */
export interface AgentEngine {
  call<M extends EngineMethod>(method: M, argument: Argument<M>, options?: CallOptions): Promise<Answer<M>>;
}

/** What a call may use. */
export interface Desk {
  readonly engine: AgentEngine;
  /** Absolute folders; nothing outside them is read. */
  readonly roots: readonly string[];
  readonly prefer?: RuntimePreference;
}

/** What a tool answers; its texts are safe as they stand. */
export interface ToolAnswer {
  /** Sentences and figures with intervals. */
  readonly text: string;
  /** The same as JSON, with more of it. */
  readonly numbers: string;
  /** PNG. */
  readonly picture?: Uint8Array;
}

/** What a tool is, without what it does. */
interface ToolFacts {
  readonly name: `attribution_${string}`;
  /** A few words, for people. */
  readonly title: string;
  /** For the model: when to take it, and what its numbers do not mean. */
  readonly description: string;
  readonly fields: Fields;
}

/** One thing an agent can ask; none of them writes. */
export interface Tool extends ToolFacts {
  /** @throws Refusal; the signal's reason when cancelled */
  readonly answer: (said: unknown, desk: Desk, options: CallOptions) => Promise<ToolAnswer>;
}

/** What a file of tools/ says. */
export interface ToolDefinition<F extends Fields> extends ToolFacts {
  readonly fields: F;
  readonly run: (given: Given<F>, desk: Desk, options: CallOptions) => Promise<ToolAnswer>;
}
