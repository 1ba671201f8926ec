import { type ChildProcess, spawn } from 'node:child_process';
import { BoundedOutput } from './boundedOutput.ts';

/** A program to be started, without a shell. */
export interface ScriptCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Opens a channel for messages and is told of each. */
  readonly onMessage?: (message: unknown, child: ChildProcess) => void;
}

/** What ends a script, and who hears of it. */
export interface Watch {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** A line the process has written. */
  readonly log: (line: string) => void;
  /** Told when a process group comes and goes, so that somebody else can end it should this process die. */
  readonly group?: (pid: number, lives: boolean) => void;
}

/** How a script came to its end. */
export type Ended =
  | { readonly how: 'exit'; readonly code: number; readonly stderr: string }
  | { readonly how: 'signal'; readonly signal: NodeJS.Signals; readonly stderr: string }
  | { readonly how: 'timeout' }
  | { readonly how: 'not-started'; readonly code: string };

/** After its exit a process may leave children that hold its streams open. */
const drainMs = 200;
const groups = new Set<number>();
let watchesExit = false;

/**
 * Runs a program in a process group of its own, never through a shell. However it ends, the whole group is ended.
 * @throws the signal's reason when aborted
 */
export function runProcess(command: ScriptCommand, { timeoutMs, signal, log, group }: Watch): Promise<Ended> {
  signal?.throwIfAborted();
  const { program, args, cwd, env, onMessage } = command;
  const child = spawn(program, args, {
    ...{ cwd, env, shell: false, windowsHide: true, detached: process.platform !== 'win32' },
    stdio: ['ignore', 'pipe', 'pipe', ...(onMessage ? (['ipc'] as const) : [])],
    serialization: 'advanced',
  });
  const { pid } = child;
  const [out, err] = [new BoundedOutput(log), new BoundedOutput(log)];
  child.stdout?.on('data', out.write);
  child.stderr?.on('data', err.write);
  child.on('message', (message) => onMessage?.(message, child));
  if (pid !== undefined) {
    remember(pid);
    group?.(pid, true);
  }
  return new Promise((resolve, reject) => {
    const settle = (how: () => void) => {
      clearTimeout(timer);
      clearTimeout(drain);
      signal?.removeEventListener('abort', abort);
      if (pid !== undefined) {
        groups.delete(pid);
        endGroup(pid);
        group?.(pid, false);
      }
      out.end();
      err.end();
      how();
    };
    const abort = () => settle(() => reject(signal?.reason));
    const timer = setTimeout(() => settle(() => resolve({ how: 'timeout' })), timeoutMs);
    let drain: NodeJS.Timeout | undefined;
    signal?.addEventListener('abort', abort, { once: true });
    const ended = (code: number | null, by: NodeJS.Signals | null) =>
      settle(() =>
        resolve(
          by
            ? { how: 'signal', signal: by, stderr: err.tail }
            : { how: 'exit', code: code ?? 0, stderr: err.tail },
        ),
      );
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (pid === undefined) settle(() => resolve({ how: 'not-started', code: error.code ?? error.message }));
    });
    child.on('close', ended);
    child.on('exit', (code, by) => {
      drain = setTimeout(() => ended(code, by), drainMs);
    });
  });
}

/** Ends a process with all that it has started. */
export function endGroup(pid: number): void {
  try {
    if (process.platform === 'win32') {
      spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { windowsHide: true, stdio: 'ignore' }).on(
        'error',
        () => {},
      );
    } else {
      process.kill(-pid, 'SIGKILL');
    }
  } catch {
    // All of it has ended already.
  }
}

function remember(pid: number): void {
  groups.add(pid);
  if (!watchesExit) {
    watchesExit = true;
    process.once('exit', () => groups.forEach(endGroup));
  }
}
