import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What steps of training cost: losses, milliseconds on the clock and of processor time, one of each per step. */
export interface StepCosts {
  readonly loss: readonly number[];
  readonly wall: readonly number[];
  readonly cpu: readonly number[];
}

/** PyTorch in a process of its own that takes steps when it is told to. */
export interface TorchSteps {
  readonly version: string;
  step(name: string, steps: number): Promise<StepCosts>;
  end(): void;
}

/** @returns undefined where there is no Python with torch and onnx */
export async function openTorchSteps(folder: string): Promise<TorchSteps | undefined> {
  if (spawnSync('python3', ['-c', 'import torch, onnx']).status !== 0) return undefined;
  const script = fileURLToPath(new URL('train.py', import.meta.url));
  // Threads that spin while they wait would count as processor time, and stand in our way.
  const env = { ...process.env, OMP_WAIT_POLICY: 'passive' };
  const child = spawn('python3', [script, folder], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('train.py ended');
    return JSON.parse(value);
  };
  const { torch } = await answer();
  return {
    version: torch,
    step(name, steps) {
      child.stdin.write(`${name} ${steps}\n`);
      return answer();
    },
    end: () => child.stdin.end(),
  };
}
