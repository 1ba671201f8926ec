export interface Template {
  /** The word before the backtick; '' where there is none. */
  readonly tag: string;
  readonly line: number;
  /** What stands between the values. */
  literal: string;
  values: number;
}

const LOOKED_AT = new Set('/\'"`{}');

/** Every template literal of a source file, inner ones too. Comments, strings and regular expressions are skipped. */
export function templatesIn(source: string): Template[] {
  const found: Template[] = [];
  /** Open templates, and the braces open in the value that is being read. */
  const open: { template: Template; braces: number }[] = [];
  const skip = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y;
  const regex = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
  const inLiteral = () => open.length > 0 && open.at(-1)!.braces === 0;
  for (let at = 0; at < source.length; at++) {
    const char = source[at]!;
    const top = open.at(-1);
    if (inLiteral() && top) {
      if (char === '\\') top.template.literal += source[++at];
      else if (char === '`') open.pop();
      else if (char === '$' && source[at + 1] === '{') {
        top.braces = 1;
        top.template.values++;
        top.template.literal += '\0';
        at++;
      } else top.template.literal += char;
      continue;
    }
    // Nothing that is looked for begins with another character.
    if (!LOOKED_AT.has(char)) continue;
    skip.lastIndex = at;
    regex.lastIndex = at;
    const before = source.slice(Math.max(0, at - 200), at);
    const skipped =
      skip.exec(source) ?? (/(?:[=(,:?[!&|{};]|return|^)\s*$/.test(before) ? regex.exec(source) : null);
    if (skipped) {
      at += skipped[0].length - 1;
    } else if (char === '`') {
      const tag = /([A-Za-z_$][\w$]*)$/.exec(before)?.[1] ?? '';
      const template = { tag, line: source.slice(0, at).split('\n').length, literal: '', values: 0 };
      found.push(template);
      open.push({ template, braces: 0 });
    } else if (top) {
      if (char === '{') top.braces++;
      else if (char === '}') top.braces--;
    }
  }
  if (open.length > 0) throw new Error(`The template of line ${open[0]!.template.line} has no end.`);
  return found;
}
