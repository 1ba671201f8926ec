/** What a process mostly does: compute, or wait for windows. */
export type Kind = 'computes' | 'windows';

interface Waiting {
  readonly kind: Kind;
  readonly start: () => void;
}

/** Two cores: what computes fills the time that windows leave while they wait for something. */
const most: Readonly<Record<Kind | 'all', number>> = { computes: 2, windows: 2, all: 3 };
const running: Record<Kind, number> = { computes: 0, windows: 0 };
const waiting: Waiting[] = [];

/** Works once there is room for one more of its kind; who asked first is let in first, windows before the rest. */
export async function whenFree<T>(kind: Kind, work: () => Promise<T>): Promise<T> {
  await new Promise<void>((start) => {
    waiting.push({ kind, start });
    letIn();
  });
  try {
    return await work();
  } finally {
    running[kind]--;
    letIn();
  }
}

function letIn(): void {
  const fits = ({ kind }: Waiting) =>
    running[kind] < most[kind] && running.computes + running.windows < most.all;
  for (;;) {
    const next = waiting.find((one) => one.kind === 'windows' && fits(one)) ?? waiting.find(fits);
    if (!next) return;
    waiting.splice(waiting.indexOf(next), 1);
    running[next.kind]++;
    next.start();
  }
}
