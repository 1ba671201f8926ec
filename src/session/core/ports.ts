import type { CallOptions } from '../../engine/client.ts';
import type { DataSummary, Opened } from '../../engine/contract.ts';
import type { OpenRequest } from '../../engine/requests.ts';
import type { ScriptRun } from '../../preprocess/script/scriptRun.ts';
import type { Clock } from './clock.ts';
import type { Selection } from './selection.ts';
import type { Finished, SessionState } from './state.ts';

/** All that the session needs of the world around it; the editor gives it, a test stands in for it. */
export interface Ports<File> {
  readonly clock: Clock;
  /** The engine. @throws Refusal */
  readonly open: (request: OpenRequest, options: CallOptions) => Promise<Opened>;
  /** The file as it is now. @throws Refusal where it cannot be read */
  readonly read: (file: File) => Promise<Content>;
  /** Whether models and scripts may be loaded. */
  readonly isTrusted: () => boolean;
  /** Leave to run a script; undefined: there is none. @param again another number runs it though nothing has changed */
  readonly permit: (script: string, again: number) => Promise<ScriptRun | undefined>;
  /** A model that a person chose for another file of the folder; the engine takes it where it fits. */
  readonly likelyModel: (file: File) => string | undefined;
  /** Paths of the models there are, the nearest first. */
  readonly models: (file: File) => Promise<readonly string[]>;
  /** One of them for a file that nothing names one for. @throws Refusal where there is none, or the question is left */
  readonly chooseModel: (
    file: File,
    data: DataSummary,
    models: readonly string[],
    options: CallOptions & { readonly project?: string },
  ) => Promise<string>;
  readonly memory: Picks<File>;
  /** A sentence in the person's language; `{0}`, `{1}` stand for the rest. */
  readonly say: Say;
  readonly log: LogLines;
  /** Told after every change of the state. */
  readonly changed: (state: SessionState<File>) => void;
  /** Told after every explanation of the selection; previews and overtaken runs are none. */
  readonly finished: (finished: Finished<File>) => void;
}

/** What the engine is to read. */
interface Content extends Pick<OpenRequest, 'data' | 'content' | 'within'> {
  /** Of the editor's text. */
  readonly textVersion?: number;
}

/** What was picked of each file. */
interface Picks<File> {
  selection(file: File): Selection | undefined;
  keepSelection(file: File, selection: Selection): PromiseLike<void>;
}

/** A sentence in the person's language; {0}, {1}, … stand for the values. */
export type Say = (message: string, ...values: (string | number)[]) => string;

/** Where the log goes. */
export interface LogLines {
  info(line: string): void;
  warn(line: string): void;
  /** A mistake of ours. */
  error(error: unknown): void;
}
