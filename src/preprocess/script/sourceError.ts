import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourcePlace } from '../../refusal.ts';

const longestMessage = 300;

/**
 * Where a script failed, from what Python or Node has written to stderr: the innermost frame in the script's folder
 * (libraries left out), and the first line of the error. Undefined where there is no traceback.
 * @param script absolute path
 */
export function sourceError(stderr: string, script: string): SourcePlace | undefined {
  const lines = stderr.split(/\r\n|\n|\r/);
  return pythonError(lines, script) ?? nodeError(lines, script);
}

interface Frame {
  readonly file: string;
  readonly line: number;
  /** Index among the lines of the output. */
  readonly at: number;
}

/** The last traceback counts: of chained exceptions it is the one that ended the script. */
function pythonError(lines: readonly string[], script: string): SourcePlace | undefined {
  const start = Math.max(0, lines.lastIndexOf('Traceback (most recent call last):'));
  const frames = lines.flatMap((line, at): Frame[] => {
    const [, file, number] = /^\s+File "(.+)", line (\d+)(?:, in .*)?$/.exec(line) ?? [];
    return file && at >= start ? [{ file: resolve(dirname(script), file), line: Number(number), at }] : [];
  });
  const last = frames.at(-1);
  const message = last && lines.slice(last.at + 1).find((line) => /^[A-Za-z_]/.test(line));
  const frame = frames.findLast(({ file }) => isOwn(file, script));
  return frame && message ? placed(frame, message) : undefined;
}

/** `file:///x/script.mjs:3` or `/x/script.cjs:3` before the code, then the error, then its frames from the inside out. */
function nodeError(lines: readonly string[], script: string): SourcePlace | undefined {
  const error = lines.findIndex((line) => /^(Uncaught )?[\w.]*(Error|Exception)\b/.test(line));
  const frames = lines.flatMap((line, at): Frame[] => {
    // `at f (file:///x/script.mjs:3:5)`, `at async file:///x/script.mjs:3:5`
    const place = /^\s+at /.test(line) ? line.slice(line.lastIndexOf('(') + 1).trim() : '';
    const inside = /^(?:at )?(?:async )?((?:file:\/\/|[/\\]|[A-Za-z]:[\\/])[^()]*):(\d+):\d+\)?$/.exec(place);
    const head = /^((?:file:\/\/|[/\\]|[A-Za-z]:[\\/]).*):(\d+)$/.exec(line);
    const [, file, number] = inside ?? head ?? [];
    return file ? [{ file: pathOf(file), line: Number(number), at }] : [];
  });
  const own = frames.filter(({ file }) => isOwn(file, script));
  const frame = own.find(({ at }) => at > error) ?? own[0];
  const thrown = lines.find((line) => /^(Uncaught|\[?Error|throw )/.test(line));
  const message = error >= 0 ? lines[error] : thrown;
  return frame && message !== undefined ? placed(frame, message) : undefined;
}

function placed({ file, line }: Frame, message: string): SourcePlace {
  const text = message.trim();
  return { file, line, message: text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text };
}

function pathOf(file: string): string {
  try {
    return file.startsWith('file:') ? fileURLToPath(file) : file;
  } catch {
    return file;
  }
}

/** The script, or a module beside or below it that is no library. */
function isOwn(file: string, script: string): boolean {
  const way = relative(dirname(script), file);
  return (
    way !== '' &&
    !isAbsolute(way) &&
    !/^\.\.([\\/]|$)/.test(way) &&
    !/(^|[\\/])(site-packages|dist-packages|node_modules|\.?venv|lib[\\/]python[\d.]+)[\\/]/.test(way)
  );
}
