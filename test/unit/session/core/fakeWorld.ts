import type { Explanation } from '../../../../src/attribution/explanation.ts';
import type { CallOptions } from '../../../../src/engine/client.ts';
import type { DataSummary, ModelSummary, Opened } from '../../../../src/engine/contract.ts';
import type { OpenRequest } from '../../../../src/engine/requests.ts';
import type { Ports } from '../../../../src/session/core/ports.ts';
import type { Selection } from '../../../../src/session/core/selection.ts';
import { SessionCore } from '../../../../src/session/core/sessionCore.ts';
import type { Finished, SessionState } from '../../../../src/session/core/state.ts';
import { english } from '../../../fixtures/english.ts';
import { explanation } from '../../runs/explanations.ts';
import { FakeClock, settled } from './fakeClock.ts';

/** What the core calls a file by here. */
export class NamedFile {
  constructor(private readonly name: string) {}
  toString(): string {
    return this.name;
  }
}

/** A call of the engine that the test answers when it likes. */
export interface Call {
  readonly request: OpenRequest;
  readonly options: CallOptions;
  /** What stands in an answer follows from what was asked. */
  answer(change?: Partial<Explanation>): Promise<void>;
  give(opened: Opened): Promise<void>;
  refuse(error: unknown): Promise<void>;
}

/** The core of a session in a world of the test's own: nothing in it happens by itself. */
export class FakeWorld {
  readonly clock = new FakeClock();
  readonly calls: Call[] = [];
  readonly states: SessionState<NamedFile>[] = [];
  readonly finished: Finished<NamedFile>[] = [];
  readonly kept = new Map<string, Selection>();
  /** Chosen for another file of the folder. */
  readonly likely = new Map<string, string>();
  models: readonly string[] = ['one.onnx', 'two.onnx'];
  readonly log: string[] = [];
  isTrusted = true;
  readonly questions: string[] = [];
  readonly core: SessionCore<NamedFile>;

  constructor(more: Partial<Ports<NamedFile>> = {}) {
    this.core = new SessionCore<NamedFile>({
      clock: this.clock,
      open: (request, options) => this.#asked(request, options),
      read: async (file) => ({ data: `${file}`, within: '/' }),
      isTrusted: () => this.isTrusted,
      permit: async (script, again) => ({ script, interpreter: 'node', timeoutMs: 1000, again }),
      likelyModel: (file) => this.likely.get(`${file}`),
      models: async () => this.models,
      chooseModel: async (file) => {
        this.questions.push(`${file}`);
        return 'chosen.onnx';
      },
      memory: {
        selection: (file) => this.kept.get(`${file}`),
        keepSelection: async (file, selection) => void this.kept.set(`${file}`, selection),
      },
      say: english,
      log: {
        info: (line) => this.log.push(line),
        warn: (line) => this.log.push(line),
        error: (error) => this.log.push(`defect: ${(error as Error).message}`),
      },
      changed: (state) => this.states.push(state),
      finished: (one) => this.finished.push(one),
      ...more,
    });
  }

  /** The call that waits for its answer. */
  get last(): Call {
    return this.calls.at(-1)!;
  }

  /** Opens a file and lets its picture come. */
  async opened(name = 'a.csv', change: Partial<Explanation> = {}): Promise<void> {
    void this.core.open(new NamedFile(name));
    await settled();
    this.last.options.saw?.({ model: { path: 'm.onnx' } as ModelSummary });
    this.last.options.saw?.({ data: { path: name } as DataSummary });
    await this.last.answer(change);
  }

  #asked(request: OpenRequest, options: CallOptions): Promise<Opened> {
    return new Promise((resolve, reject) => {
      options.signal?.throwIfAborted();
      // As the engine's client does: who cancels is released at once.
      options.signal?.addEventListener('abort', () => reject(options.signal?.reason));
      const give = (opened: Opened) => {
        resolve(opened);
        return settled();
      };
      const { instance = 0, model = request.otherwise ?? 'm.onnx' } = request;
      const whole = explanation();
      this.calls.push({
        ...{ request, options, give },
        answer: (change) =>
          give({
            kind: 'explained',
            explanation: {
              ...whole,
              instance: { ...whole.instance, index: instance },
              provenance: { ...whole.provenance, model, data: request.data },
              ...change,
            },
          }),
        refuse: (error) => {
          reject(error);
          return settled();
        },
      });
    });
  }
}
