import type { MethodOptions } from './methodOptions.ts';
import type { MethodId } from './methods.ts';
import type { Switches } from './switches.ts';

/**
 * How a model is asked for a map, whatever the data: all that changes the numbers beside the model and the instance.
 * The same record goes from the panel, the command line and the workspace's memory to the engine, and comes back with
 * every answer.
 */
export interface How extends Partial<Switches> {
  /** A layer's shown name or any tensor of the graph; unless given, attribution.json's for its own model, else as layerByDefault says. */
  readonly layer?: string;
  /** Name or index of a class, or `predicted` (the default): the class each instance is predicted as. */
  readonly target?: string | number;
  /** Name or index of a class to set it against, or `runner-up`: the score is logit A − logit B. */
  readonly against?: string | number;
  /** What speaks against it: the score is turned round. */
  readonly negative?: boolean;
  /** Unless given, Grad-CAM; occlusion where no gradient can be taken, with a finding that says so. */
  readonly method?: MethodId;
  /** Options of the method; those it does not have are left aside. */
  readonly options?: Partial<MethodOptions>;
}

/** With every default filled in, as an answer says it; asking for it again gives the same map. */
export interface FullHow extends Switches {
  /** Shown name; the pseudo-layer `input` for a method whose map lies at the input. */
  readonly layer: string;
  /** `predicted`, or the name of a class. */
  readonly target: string;
  /** `runner-up`, or the name of a class. */
  readonly against?: string;
  readonly negative: boolean;
  readonly method: MethodId;
  /** Those that the method uses, all of them said; absent where it has none. */
  readonly options?: Partial<MethodOptions>;
}
