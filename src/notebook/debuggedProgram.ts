import { BUILTINS, GLOBALS, programText, python, runs } from './kernelProgram.ts';

/** What a debugger is asked for beside the names of the frame: a part of a variable, under a name of its own. */
interface NamedValue {
  readonly name: string;
  /** What the debugger evaluates it by: `self.X_test`. */
  readonly expression: string;
}

/** A variable as the debugger lists it. */
export interface DebuggedVariable {
  readonly name: string;
  readonly evaluateName?: string;
}

/**
 * A Python expression that runs `source` where a program is paused, with what is visible in the frame as `user`, and
 * whose value is the answer. Nothing is left behind in the program.
 * @param nonce known to this call only
 */
export function debuggedProgram(source: string, args: unknown, nonce: string, value?: NamedValue): string {
  const said = `said = ${python(`${start(nonce)}`)} + __import__("base64").b64encode(json.dumps(answer).encode()).decode() + "!"`;
  const more = value ? `, ${python(value.name)}: (${value.expression})` : '';
  const user = `{**${GLOBALS}, **${BUILTINS}["locals"]()${more}}`;
  const names = `{"user": ${user}, "asked": ${python(JSON.stringify(args))}}`;
  return `${runs(programText(source, said), 'names["said"]')}(${BUILTINS}, ${names})`;
}

/** The answer in what the debugger shows of the value; undefined where it is not there, or was cut. */
export function answerShown(shown: string, nonce: string): unknown {
  const at = shown.indexOf(start(nonce));
  if (at < 0) return undefined;
  const [, coded] = /^([A-Za-z0-9+/=]*)!/.exec(shown.slice(at + start(nonce).length)) ?? [];
  return coded === undefined ? undefined : JSON.parse(Buffer.from(coded, 'base64').toString('utf8'));
}

/** The variable by its own name where it is one; else a part of another, to be named. */
export function nameOf({ name, evaluateName = name }: DebuggedVariable): string | NamedValue {
  if (/^\p{L}[\p{L}\p{N}_]*$/u.test(evaluateName)) return evaluateName;
  const plain = (name.match(/[\p{L}\p{N}]+/gu) ?? []).join('_');
  return { name: /^\p{L}/u.test(plain) ? plain : `value_${plain}`, expression: evaluateName };
}

function start(nonce: string): string {
  return `attribution-lens ${nonce} `;
}
