import type { ExplainedTarget } from './explanation.ts';

/** `for walk`, `for walk − run`, `against walk`: what a map speaks for. */
export function targetTitle(target: ExplainedTarget): string {
  return `${target.negative ? 'against' : 'for'} ${targetName(target)}`;
}

/** `walk`, `walk − run` */
export function targetName({ name, against }: ExplainedTarget): string {
  return against ? `${name} − ${against.name}` : name;
}
