import { readFileSync, writeFileSync } from 'node:fs';

/** What a piece of work took. */
export interface Used {
  /** Of computing, all threads together: other work may share the machine. Of the clock where the system does not tell. */
  readonly seconds: number;
  /** The most memory meanwhile; 0 where the system does not tell. */
  readonly megabytes: number;
}

/** Of the kernel's clock; the same on every Linux there is. */
const TICKS = 100;

/** Watches a process until it is asked; one that ends meanwhile is known up to shortly before. */
export function watchProcess(pid: number | undefined): () => Used {
  const began = performance.now();
  forgetPeak(pid);
  const before = cpuSeconds(pid);
  let last: Used = { seconds: 0, megabytes: 0 };
  const look = () => {
    const now = cpuSeconds(pid);
    const seconds = before !== undefined && now !== undefined ? now - before : undefined;
    if (seconds !== undefined) last = { seconds, megabytes: peakMegabytes(pid) ?? last.megabytes };
  };
  const looking = setInterval(look, 50);
  return () => {
    clearInterval(looking);
    look();
    return before === undefined ? { ...last, seconds: (performance.now() - began) / 1000 } : last;
  };
}

/** Undefined where the process is gone or the system is no Linux. */
function cpuSeconds(pid: number | undefined): number | undefined {
  const fields = read(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) / TICKS;
}

function peakMegabytes(pid: number | undefined): number | undefined {
  const peak = /VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return peak === undefined ? undefined : Number(peak) / 1024;
}

function forgetPeak(pid: number | undefined): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Only the peak of all so far is known then.
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
