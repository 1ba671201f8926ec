import { type ChildProcess, fork } from 'node:child_process';
import { NO_TELEMETRY } from '../runtime/noTelemetry.ts';

/**
 * glibc raises the size from which blocks are mapped with every one that is freed, up to 32 MB, and what is freed below it
 * often stays with the process. Said, it stays at its default.
 */
const GIVES_BACK = { MALLOC_MMAP_THRESHOLD_: '131072' };

/** How an engine's process is started. */
export interface ForkOptions {
  /** Absolute path of the engine's script: dist/engine.cjs. */
  readonly entry: string;
  /** Node options of the child; none unless given (tests run TypeScript directly). */
  readonly execArgv?: readonly string[];
  /** Variables of the child beside those of this process, asked for when one starts. */
  readonly env?: () => Readonly<Record<string, string>>;
}

/** A child with a channel for messages; what it writes is read by nobody yet. */
export function forkEngine({ entry, execArgv = [], env }: ForkOptions): ChildProcess {
  return fork(entry, [], {
    execPath: process.execPath,
    execArgv: [...execArgv],
    // In a desktop VS Code the executable is Electron's.
    env: { ...GIVES_BACK, ...process.env, ...env?.(), ...NO_TELEMETRY, ELECTRON_RUN_AS_NODE: '1' },
    // Structured clone: typed arrays cross as they are.
    serialization: 'advanced',
    silent: true,
  });
}

/** Whether it can still be spoken to. */
export function lives({ pid, connected, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && connected && exitCode === null && signalCode === null;
}
