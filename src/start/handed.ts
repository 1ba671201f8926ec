import type { ChildProcess } from 'node:child_process';

/** What the first lines of a program, which lie in a file of their own, give to the bundle that they load. */
export interface Handed {
  /** Writes down the machine code of what is compiled by now; undefined where it is there already. */
  keepCode?: (() => void) | undefined;
  /** An engine's process that was started before the bundle was read. */
  engine?: ChildProcess | undefined;
}

const KEY = Symbol.for('attribution-lens.handed');

/** To be called before the bundle runs; what is set afterwards is seen, too. */
export function hand(what: Handed): void {
  Object.assign(globalThis, { [KEY]: what });
}

/** Nothing, where the program was not started by those lines. */
export function handed(): Handed {
  return (globalThis as { readonly [KEY]?: Handed })[KEY] ?? {};
}
