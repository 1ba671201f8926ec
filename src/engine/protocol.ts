import type { Doubt } from '../data/reading/readingPlan.ts';
import type { ArrayPart } from '../parts.ts';
import type { SourcePlace } from '../refusal.ts';
import type { Engine, Sighting } from './contract.ts';

/** What crosses the process boundary. All of it is derived from `Engine`: a new method there is a new message here. */
export type EngineMethod = keyof Engine;

/** The request of a method. */
export type Argument<M extends EngineMethod> = Parameters<Engine[M]>[0];

/** What a method answers. */
export type Answer<M extends EngineMethod> = Awaited<ReturnType<Engine[M]>>;

/** Host → engine. */
export type EngineRequest = {
  [M in EngineMethod]: { readonly id: number; readonly method: M; readonly argument: Argument<M> };
}[EngineMethod];

/** Host → engine: the request with that id is to end. */
export interface CancelRequest {
  readonly cancel: number;
}

/** Host → engine: the request with that id is to answer with the best it has. */
export interface EnoughRequest {
  readonly enough: number;
}

/** Engine → host. Everything but `ready` and `group` belongs to the request with that id. */
export type EngineMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly id: number; readonly share: number; readonly what: string }
  | { readonly kind: 'saw'; readonly id: number; readonly sighting: Sighting }
  /** Comes before the answer that it is part of. */
  | { readonly kind: 'part'; readonly id: number; readonly part: ArrayPart }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer<EngineMethod> }
  /** Bad input: the sentence is for the user. */
  | {
      readonly kind: 'refusal';
      readonly id: number;
      readonly code: string;
      readonly sentence: string;
      readonly place?: SourcePlace;
      /** More than one reading of the data fits: what there is to choose from. */
      readonly doubt?: Doubt;
    }
  /** A process group that the host is to end, should the engine end before it. */
  | { readonly kind: 'group'; readonly pid: number; readonly lives: boolean }
  /** Our own mistake: for the log only. */
  | { readonly kind: 'defect'; readonly id: number; readonly message: string; readonly stack?: string };
