/** A line of what a kernel prints that is an answer of ours; what a cell prints at the same time is not. */
const MARK = 'attribution-lens';

/** What the programs share. With the torch backend a Keras model is a module of PyTorch, too: Keras is asked first. */
const SHARED = `
def variable(name):
    if name not in user:
        raise LookupError("There is no variable " + name + " any more")
    return user[name]
def is_keras(kind):
    roots = ("keras", "tf_keras", "tensorflow")
    return any(c.__name__ == "Model" and (c.__module__ or "").split(".")[0] in roots for c in kind.__mro__)
`;

/** What Python's own functions are, as an expression that names nothing: variables may be called `exec` or `compile`. */
export const BUILTINS =
  '(lambda b: b if b.__class__ is {}.__class__ else b.__dict__)((lambda: 0).__globals__["__builtins__"])';

/** The variables of where it stands, in the same way. */
export const GLOBALS = '(lambda: 0).__globals__';

/** Runs a program with `names`; to be called with the functions of Python and the names. */
export function runs(text: string, result = ''): string {
  const run = `b["exec"](b["compile"](${python(text)}, "attribution-lens", "exec"), names)`;
  return `(lambda b, names: ${result === '' ? run : `(${run}, ${result})[1]`})`;
}

/**
 * Python that runs `source` in a namespace of its own, with the notebook's variables as `user` and `args`, and prints
 * what it puts into `answer` as one line. Nothing is left behind in the notebook.
 * @param nonce known to this call only, so that no other line is taken for the answer
 */
export function kernelProgram(source: string, args: unknown, nonce: string): string {
  const text = programText(source, `print("\\n${MARK} " + nonce + " " + json.dumps(answer), flush=True)`);
  const names = `{"user": ${GLOBALS}, "nonce": ${python(nonce)}, "asked": ${python(JSON.stringify(args))}}`;
  return `${runs(text)}(${BUILTINS}, ${names})`;
}

/** The program itself, of `user` and `asked` (the arguments as JSON), which ends with `last`: by then `answer` says what came of it. */
export function programText(source: string, last: string): string {
  return [
    'import json, sys',
    'args = json.loads(asked)',
    'try:',
    indented(SHARED + source),
    'except BaseException as error:',
    '    answer = {"error": type(error).__name__, "reason": str(error)[:500]}',
    last,
  ].join('\n');
}

/** What the program answered, out of everything that was printed; undefined where it did not come to that. */
export function answerIn(printed: string, nonce: string): unknown {
  const start = `${MARK} ${nonce} `;
  const line = printed.split('\n').find((each) => each.startsWith(start));
  try {
    return line && JSON.parse(line.slice(start.length));
  } catch {
    return undefined;
  }
}

/** A Python literal: only ASCII, so that no encoding of a kernel can spoil it. */
export function python(text: string): string {
  const unit = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const literal = JSON.stringify(text).replace(/[\u007f-\uffff]/g, unit);
  // Halves of a pair are two characters to Python.
  return /\\ud[89ab]/i.test(literal)
    ? `${literal}.encode("utf-16", "surrogatepass").decode("utf-16")`
    : literal;
}

function indented(source: string): string {
  return source
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
