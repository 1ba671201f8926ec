import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { endGroup } from '../preprocess/script/scriptProcess.ts';
import { type ForkOptions, forkEngine, lives } from '../start/forkEngine.ts';
import type { CancelRequest, EngineMessage, EngineRequest, EnoughRequest } from './protocol.ts';

/** How the child is started. */
export interface EngineProcessOptions extends ForkOptions {
  /** Lines for the log: what the child writes, and its coming and going. */
  readonly log: (line: string) => void;
  /** How long a cancelled run may go on, in ms, before its child is ended. */
  readonly graceMs?: number;
  /** A child that was started before, the same way, and that nobody has spoken to yet; taken while it lives. */
  readonly early?: (() => ChildProcess | undefined) | undefined;
}

/** One life of the engine's child process. */
export class EngineProcess {
  readonly #child: ChildProcess;
  readonly #log: (line: string) => void;
  /** Scripts it runs. */
  readonly #groups = new Set<number>();

  /** `onEnd` is told once how the process ended, in words (`signal SIGSEGV`), also when it could not start. */
  constructor(
    options: EngineProcessOptions,
    onMessage: (message: EngineMessage, from: EngineProcess) => void,
    onEnd: (how: string, from: EngineProcess) => void,
  ) {
    this.#log = options.log;
    const early = options.early?.();
    this.#child = early && lives(early) ? early : forkEngine(options);
    logLines(this.#child.stdout, options.log);
    logLines(this.#child.stderr, options.log);
    let ended = false;
    const end = (how: string) => {
      if (!ended) {
        ended = true;
        this.#endGroups();
        options.log(`engine ${this.pid ?? '(not started)'}: ended, ${how}`);
        onEnd(how, this);
      }
    };
    this.#child.on('message', (message) => {
      const told = message as EngineMessage;
      if (told.kind === 'group') {
        this.#groups[told.lives ? 'add' : 'delete'](told.pid);
      }
      onMessage(told, this);
    });
    this.#child.on('exit', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`));
    this.#child.on('error', (error) => end(error.message));
    options.log(`engine ${this.pid ?? '(not started)'}: started`);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @throws DataCloneError when the request cannot be carried over. */
  send(request: EngineRequest | CancelRequest | EnoughRequest): void {
    this.#child.send(request, (error) => {
      // The process is gone or going; its `exit` tells the rest.
      if (error) {
        this.#log(`engine ${this.pid}: ${error.message}`);
      }
    });
  }

  /** At once, whatever it is doing. */
  kill(): void {
    this.#child.kill('SIGKILL');
    this.#endGroups();
  }

  #endGroups(): void {
    this.#groups.forEach(endGroup);
    this.#groups.clear();
  }
}

function logLines(stream: Readable | null, log: (line: string) => void): void {
  if (stream) {
    createInterface({ input: stream }).on('line', log);
  }
}
