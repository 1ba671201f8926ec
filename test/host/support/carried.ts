/** What a program of `src/notebook` asks for. */
export type Asked = 'find' | 'write' | 'export';

/** Its arguments, as far as stand-ins look at them. */
export interface Arguments {
  readonly series?: string;
  readonly labels?: string;
  readonly lengths?: string;
  readonly mask?: string;
  readonly file?: string;
  readonly known?: string;
}

/** A program of ours, by what only it does. */
interface Carried {
  readonly nonce: string;
  readonly args: Arguments;
  readonly asked: Asked;
}

/** What the code for a kernel carries. */
export function carriedByCell(code: string): Carried {
  const literals = literalsOf(code);
  const after = (name: string, by: number) => literals[literals.indexOf(name) + by]!;
  return { nonce: after('nonce', 1), args: JSON.parse(after('asked', 1)), asked: askedBy(code) };
}

/** The line that a kernel prints, after what a cell prints meanwhile. */
export function printedAnswer(nonce: string, answer: object): string {
  return `of a cell\nattribution-lens ${nonce} ${JSON.stringify(answer)}\n`;
}

/** What the expression for a debugger carries. */
export function carriedByExpression(expression: string): Carried {
  const literals = literalsOf(expression);
  const nonce = /attribution-lens ([0-9a-f-]{36}) /.exec(literals.join('\n'))?.[1];
  if (nonce === undefined) throw new Error('no nonce');
  return { nonce, args: JSON.parse(literals.at(-1)!), asked: askedBy(expression) };
}

/** The value as a debugger shows it. */
export function shownAnswer(nonce: string, answer: object): string {
  return `'attribution-lens ${nonce} ${Buffer.from(JSON.stringify(answer)).toString('base64')}!'`;
}

function literalsOf(code: string): string[] {
  return [...code.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([text]) => JSON.parse(text) as string);
}

function askedBy(code: string): Asked {
  if (code.includes('np.savez')) return 'write';
  return code.includes('torch.export') ? 'export' : 'find';
}
