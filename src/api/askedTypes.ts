import type { How } from '../attribution/how.ts';
import type { Engine } from '../engine/contract.ts';
import type { RuntimePreference } from '../engine/requests.ts';

/** How a model is opened. */
export interface ModelAsked {
  /** Path of an attribution.json; unless given, the nearest one beside or above the data, of a series none. */
  readonly config?: string;
  /** What runs the model; `auto` unless given: the native ONNX Runtime where it loads, else WebAssembly. */
  readonly runtime?: RuntimePreference;
  /** Settings that go before those of attribution.json: `data.time=t`, `input=NTF`. */
  readonly set?: readonly string[];
  /** How long the work may give no sign of progress; 120 unless given. */
  readonly timeoutSeconds?: number;
}

/** How data are read. */
export interface ReadAsked extends ModelAsked {
  /** Which steps are padding, as `--mask` of the command line takes it: `auto`, `none`, `trailing`, `length:28`, … */
  readonly mask?: string;
  /** Cut series longer than the model's input instead of refusing; false unless given. */
  readonly truncate?: boolean;
  /** Stops the work; what was asked for is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told of progress: the share that is done, 0 to 1, and what is being done. */
  readonly report?: (share: number, what: string) => void;
}

/** How one instance is explained. */
export interface ExplainAsked extends ReadAsked, How {
  /** Position in the file; 0 unless given. */
  readonly instance?: number;
}

/** How a model is audited. */
export interface AuditAsked extends ReadAsked {
  /** Positions in the file; all unless given. */
  readonly instances?: readonly number[];
  /** Layer the map verdict is about; the first convolution unless given. */
  readonly layer?: string;
  /** Of everything drawn; 1 unless given. Same seed, same answer. */
  readonly seed?: number;
}

/** The same where the model is open: what runs it, and for how long, is said when it is opened. */
export type WhenOpen<A extends ModelAsked> = Omit<A, 'runtime' | 'timeoutSeconds'>;

/** What is kept open for a model. */
export interface ApiEngine extends Pick<Engine, 'model' | 'explain' | 'audit'> {
  dispose(): Promise<void>;
}
