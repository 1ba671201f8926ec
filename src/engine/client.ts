import { ReadingQuestion } from '../data/reading/readingQuestion.ts';
import { Parts } from '../parts.ts';
import type { ReportProgress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import type { Sighting } from './contract.ts';
import { graceAfter } from './grace.ts';
import { endedByGuard } from './guard.ts';
import { InOrder } from './inOrder.ts';
import { EngineProcess, type EngineProcessOptions } from './process.ts';
import type { Answer, Argument, EngineMessage, EngineMethod, EngineRequest } from './protocol.ts';
import { tell } from './tell.ts';
import { tookTooMuch } from './tookTooMuch.ts';

/** What goes beside a call across the process boundary. What `report` or `saw` throws ends the call, which is rejected with it. */
export interface CallOptions {
  readonly report?: ReportProgress;
  readonly saw?: (sighting: Sighting) => void;
  readonly signal?: AbortSignal;
  /** The call is to answer with the best it has; the child lives on. */
  readonly enough?: AbortSignal;
  /** Longest time without a sign of progress before the engine counts as hung. */
  readonly timeoutMs?: number;
}

/** A mistake of ours inside the engine; its stack is in the log already. */
export class EngineDefect extends Error {
  override readonly name = 'EngineDefect';

  constructor(message: string, stack: string | undefined) {
    super(message);
    if (stack !== undefined) this.stack = stack;
  }
}

interface Call {
  readonly request: EngineRequest;
  readonly options: CallOptions;
  readonly told: InOrder;
  readonly parts: Parts;
  /** Settles the caller's promise; later settlements are ignored. */
  readonly resolve: (answer: Answer<EngineMethod>) => void;
  readonly reject: (error: unknown) => void;
  /** The caller is gone; the child may still be at it. */
  left: boolean;
}

const defaultTimeoutMs = 120_000;
/** Timers of more fire at once. */
const longestTimerMs = 2 ** 31 - 1;
/** From here on the message says that trying again will not help. */
const manyCrashes = 3;

/**
 * The host's side of the engine: one child process, started with the first call and kept warm. Calls run one at a time
 * and the others wait here, in the host; so killing the child (cancel, hang, crash) ends exactly one call and the
 * waiting ones go to its successor. A call is never sent twice, so one that crashes the engine cannot loop.
 */
export class EngineClient {
  readonly #options: EngineProcessOptions;
  #child: EngineProcess | undefined;
  #running: Call | undefined;
  #waiting: Call[] = [];
  #silence: NodeJS.Timeout | undefined;
  #lastId = 0;
  #answersOfChild = 0;
  /** The longest call that the child has answered, and when the running one began. */
  #longestMs = 0;
  #began = 0;
  #crashesInARow = 0;
  #disposed = false;
  #isOld = false;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
  }

  /** Of the child that runs now, for tests and the log. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts the child before it is needed. */
  warm(): void {
    if (!this.#disposed) {
      this.#child ??= this.#start();
    }
  }

  /** The next call starts a child of its own, because what it starts with has changed; a running call is left alone. */
  renew(): void {
    this.#isOld = true;
    this.#leaveOldChild();
  }

  /**
   * @throws Refusal as the engine does, or `engine-crashed`, `engine-timeout`, `engine-closed`
   * @throws EngineDefect for a mistake of ours
   * @throws the signal's reason when cancelled; the caller is released at once
   */
  call<M extends EngineMethod>(
    method: M,
    argument: Argument<M>,
    options: CallOptions = {},
  ): Promise<Answer<M>> {
    const { signal, enough } = options;
    return new Promise<Answer<M>>((resolve, reject) => {
      if (this.#disposed) {
        throw closed();
      }
      signal?.throwIfAborted();
      const request = { id: ++this.#lastId, method, argument } as EngineRequest;
      const cancel = () => this.#cancel(call, signal?.reason);
      const end = () => this.#running === call && this.#child?.send({ enough: request.id });
      const forget = () => {
        signal?.removeEventListener('abort', cancel);
        enough?.removeEventListener('abort', end);
      };
      const call: Call = {
        request,
        options,
        ...{ told: new InOrder(), parts: new Parts(), left: false },
        resolve: (answer) => {
          forget();
          resolve(answer as Answer<M>);
        },
        reject: (error) => {
          forget();
          reject(error);
        },
      };
      signal?.addEventListener('abort', cancel, { once: true });
      enough?.addEventListener('abort', end, { once: true });
      this.#waiting.push(call);
      this.#next();
    });
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#silence);
    this.#child?.kill();
    this.#child = undefined;
    const left = [...(this.#running ? [this.#running] : []), ...this.#waiting];
    this.#running = undefined;
    this.#waiting = [];
    for (const call of left) {
      call.reject(closed());
    }
  }

  #leaveOldChild(): void {
    if (this.#isOld && !this.#running) {
      this.#isOld = false;
      this.#child?.kill();
      this.#child = undefined;
    }
  }

  #next(): void {
    this.#leaveOldChild();
    const call = this.#running ? undefined : this.#waiting.shift();
    if (!call) {
      return;
    }
    this.#running = call;
    this.#began = performance.now();
    this.#child ??= this.#start();
    try {
      this.#child.send(call.request);
      this.#expectSign(call);
    } catch (error) {
      this.#running = undefined;
      call.reject(error);
      this.#next();
    }
  }

  #start(): EngineProcess {
    this.#answersOfChild = 0;
    this.#longestMs = 0;
    return new EngineProcess(
      this.#options,
      (message, from) => from === this.#child && this.#receive(message),
      (how, from) => from === this.#child && this.#crashed(how),
    );
  }

  #receive(message: EngineMessage): void {
    const call = this.#running;
    if (message.kind === 'ready' || message.kind === 'group' || message.id !== call?.request.id) {
      return;
    }
    if (message.kind === 'progress' || message.kind === 'saw' || message.kind === 'part') {
      this.#expectSign(call);
      if (call.left) return;
      const { report, saw } = call.options;
      const failed = (error: unknown) => this.#cancel(call, error);
      if (message.kind === 'part') call.parts.take(message.part);
      else if (message.kind === 'progress') tell(() => report?.(message.share, message.what), failed);
      else call.told.hand(message.sighting, (seen) => call.left || tell(() => saw?.(seen), failed));
      return;
    }
    this.#answersOfChild++;
    this.#longestMs = Math.max(this.#longestMs, performance.now() - this.#began);
    this.#crashesInARow = 0;
    this.#end(call, () => {
      if (message.kind === 'answer') {
        call.told.hand(call.parts.into(message.answer), call.resolve);
      } else if (message.kind === 'refusal') {
        const { code, sentence, place, doubt } = message;
        const reason = doubt ? new ReadingQuestion(doubt, place) : new Refusal(code, sentence, place);
        call.told.hand(reason, call.reject);
      } else {
        this.#options.log(message.stack ?? message.message);
        call.reject(new EngineDefect(message.message, message.stack));
      }
    });
    this.#next();
  }

  #cancel(call: Call, reason: unknown): void {
    call.left = true;
    call.reject(reason);
    this.#waiting = this.#waiting.filter((other) => other !== call);
    if (this.#running === call) {
      this.#child?.send({ cancel: call.request.id });
      clearTimeout(this.#silence);
      this.#silence = setTimeout(
        () => this.#replaceChild(call),
        this.#options.graceMs ?? graceAfter(this.#longestMs),
      );
    }
  }

  #expectSign(call: Call): void {
    if (call.left) return;
    const timeoutMs = Math.min(call.options.timeoutMs ?? defaultTimeoutMs, longestTimerMs);
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      call.reject(
        new Refusal(
          'engine-timeout',
          `The engine gave no sign for ${timeoutMs / 1000} s and was restarted; try again, or with a smaller file or model.`,
        ),
      );
      this.#replaceChild(call);
    }, timeoutMs);
  }

  /** Ends the running call with its child; the successor starts right away so that the next call is quick. */
  #replaceChild(call: Call): void {
    const old = this.#child;
    this.#child = this.#start();
    old?.kill();
    this.#end(call, () => {});
    this.#next();
  }

  #crashed(how: string): void {
    this.#child = undefined;
    const call = this.#running;
    this.#crashesInARow++;
    const hadAnswered = this.#answersOfChild > 0;
    if (call) {
      this.#end(call, () => call.reject(this.#crash(how, call)));
    }
    // One that never answered would only die again: it is left until somebody asks.
    if (hadAnswered && !this.#disposed) {
      this.warm();
    }
    this.#next();
  }

  #crash(how: string, { request }: Call): Refusal {
    const ended = endedByGuard(how);
    if (ended) return tookTooMuch(ended, request.argument);
    const times = this.#crashesInARow;
    return new Refusal(
      'engine-crashed',
      times < manyCrashes
        ? `The engine stopped unexpectedly (${how}); try again, the log says more.`
        : `The engine stopped unexpectedly ${times} times in a row (${how}); try another runtime or file, the log says more.`,
    );
  }

  #end(call: Call, settle: () => void): void {
    clearTimeout(this.#silence);
    if (this.#running === call) {
      this.#running = undefined;
    }
    settle();
  }
}

function closed(): Refusal {
  return new Refusal('engine-closed', 'The engine was closed.');
}
