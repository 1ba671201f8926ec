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

/**
 * Python that runs `source` in a namespace of its own, with the notebook's variables as `user` and `args`, and prints
 * what it puts into `answer` as one line. Nothing is left behind in the notebook.
 * @param nonce known to this call only, so that no other line is taken for the answer
 */
export function kernelProgram(source: string, args: unknown, nonce: string): string {
  const text = programText(source, `print("\\n${MARK} " + nonce + " " + json.dumps(answer), flush=True)`);
  const names = `{"user": globals(), "nonce": ${python(nonce)}, "args": __import__("json").loads(${python(JSON.stringify(args))})}`;
  return `exec(compile(${python(text)}, "attribution-lens", "exec"), ${names})`;
}

/** The program itself, which ends with `last`: by then `answer` says what came of it. */
export function programText(source: string, last: string): string {
  return [
    'import json, sys',
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
