import * as vscode from 'vscode';
import { sample } from './files.ts';

declare global {
  // Read by the extension that stands in for the debugger of Python.
  var standInDebugger: (() => vscode.DebugAdapterDescriptor) | undefined;
}

interface Request {
  readonly seq: number;
  readonly command: string;
  readonly arguments?: { readonly expression?: string; readonly frameId?: number };
}

/** What it debugs, where that is seen. */
interface StandInProgram {
  /** Of the source; told at every step how many were made. */
  readonly line?: (stops: number) => number;
  readonly source?: string;
  readonly variables?: (stops: number) => readonly object[];
}

/** A debugger that stands still in one frame; `evaluate` answers as Python would, or throws. */
export class StandInDebugger implements vscode.DebugAdapter {
  readonly #emitter = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.#emitter.event;

  constructor(
    private readonly evaluate: (expression: string, frame: number) => string,
    private readonly program: StandInProgram = {},
  ) {}

  dispose(): void {
    this.#emitter.dispose();
  }

  /** A frame without a source is not gone to; at each stop a frame has another number. */
  #frame(name: string, id: number): object {
    const { line, source = 'preprocess.py' } = this.program;
    return { id, name, line: line?.(this.#stops) ?? 1, column: 1, source: { path: sample(source) } };
  }

  #stops = 0;

  /** Where it stands: in `work`, after the second step in what `work` has called, then elsewhere. */
  #frames(): object[] {
    const id = 10 * this.#stops;
    const work = this.#frame('work', 7 + id);
    return (
      [[work], [work], [this.#frame('inner', 8 + id), work], [this.#frame('other', 9 + id)]][this.#stops] ??
      []
    );
  }

  #body(command: string): object {
    const stackFrames = this.#frames();
    if (command === 'stackTrace') return { stackFrames, totalFrames: stackFrames.length };
    const variables = this.program.variables?.(this.#stops);
    return command === 'variables' && variables ? { variables } : (BODIES[command] ?? {});
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    const { seq, command, arguments: asked } = message as Request;
    const answer = (body: object, success = true, why?: string) =>
      this.#emitter.fire({
        type: 'response',
        request_seq: seq,
        command,
        success,
        body,
        message: why,
      } as never);
    const event = (name: string, body: object = {}) =>
      this.#emitter.fire({ seq: 0, type: 'event', event: name, body } as never);
    if (command === 'evaluate') {
      try {
        answer({
          result: this.evaluate(asked?.expression ?? '', asked?.frameId ?? -1),
          variablesReference: 0,
        });
      } catch (error) {
        answer({}, false, (error as Error).message);
      }
      return;
    }
    if (command === 'next') this.#stops += 1;
    answer(this.#body(command));
    if (command === 'initialize') event('initialized');
    if (['configurationDone', 'continue', 'next'].includes(command))
      event('stopped', { reason: 'breakpoint', threadId: 1, allThreadsStopped: true });
    if (command === 'disconnect') event('terminated');
  }
}

const BODIES: Readonly<Record<string, object>> = {
  initialize: { supportsConfigurationDoneRequest: true, supportsClipboardContext: true },
  threads: { threads: [{ id: 1, name: 'MainThread' }] },
  scopes: { scopes: [{ name: 'Locals', variablesReference: 9, expensive: false }] },
  variables: {
    variables: [
      { name: 'frame', value: '…', type: 'DataFrame', evaluateName: 'frame', variablesReference: 0 },
    ],
  },
};

/** Starts it in a window where it is the debugger of Python, and waits until it stands. */
export async function stopped(
  evaluate: (expression: string, frame: number) => string,
): Promise<vscode.DebugSession> {
  globalThis.standInDebugger = () =>
    new vscode.DebugAdapterInlineImplementation(new StandInDebugger(evaluate));
  await vscode.extensions.getExtension('ms-toolsai.jupyter')!.activate();
  const standing = new Promise<vscode.DebugSession>((resolve) => {
    const listener = vscode.debug.onDidChangeActiveStackItem((item) => {
      if (!(item instanceof vscode.DebugStackFrame)) return;
      listener.dispose();
      resolve(item.session);
    });
  });
  await vscode.debug.startDebugging(undefined, {
    ...{ type: 'debugpy', request: 'launch', name: 'stand-in', program: 'train.py' },
    internalConsoleOptions: 'neverOpen',
  });
  return standing;
}
