/** Where in the names of the files below a folder the class may stand. */
export interface NamePlace {
  /** As "labelFrom" names it: `folder`, `folder:1`, `file`, `file:2`. */
  readonly place: string;
  /** What stands there, a text per file. */
  readonly texts: readonly string[];
}

/**
 * Everything that the names of files say at one and the same place: the file's own folder (`folder`), folders above
 * counted from the top (`folder:1`), parts of the file's name (`file:1`), or the name without the number behind it, and
 * without the words that all end in (`file`).
 */
export function namePlaces(names: readonly string[]): NamePlace[] {
  const folders = withoutKeys(names.map((name) => name.split('/').slice(0, -1)));
  const depth = folders[0]!.length;
  const found: NamePlace[] = [];
  if (depth > 0 && folders.every((parts) => parts.length === depth)) {
    found.push({ place: 'folder', texts: folders.map((parts) => parts.at(-1)!) });
    for (let level = 0; level < depth - 1; level++) {
      found.push({ place: `folder:${level + 1}`, texts: folders.map((parts) => parts[level]!) });
    }
  } else if (folders.every((parts) => parts.length > 0)) {
    found.push({ place: 'folder', texts: folders.map((parts) => parts.at(-1)!) });
  }
  const stems = names.map(stemOf);
  const parts = stems.map((stem) => stem.split(/[\s_.-]+|(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/u));
  const counts = new Set(parts.map(({ length }) => length));
  found.push({ place: 'file', texts: withoutCommonEnd(stems.map(withoutNumber)) });
  if (counts.size === 1) {
    for (let at = 0; at < parts[0]!.length; at++) {
      found.push({ place: `file:${at + 1}`, texts: parts.map((some) => some[at]!) });
    }
  }
  return found;
}

/** `walk` of `activity=walk`, as Hive and Spark name their folders. */
function withoutKeys(folders: readonly (readonly string[])[]): string[][] {
  const keyOf = (part: string | undefined) => /^(\w+)=./.exec(part ?? '')?.[1];
  return folders.map((parts) =>
    parts.map((part, level) => {
      const key = keyOf(part);
      const isShared = key !== undefined && folders.every((other) => keyOf(other[level]) === key);
      return isShared ? part.slice(key.length + 1) : part;
    }),
  );
}

/** The name of a file without folders and endings. */
function stemOf(name: string): string {
  return name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/\.gz$/i, '')
    .replace(/\.[^.]*$/, '');
}

/** `walk_up` of `walk_up_03`. */
function withoutNumber(stem: string): string {
  let end = stem.length;
  while (end > 0 && /[\s_.\d-]/.test(stem[end - 1]!)) end--;
  return stem.slice(0, end);
}

/** `walk` and `run` of `walk_subject` and `run_subject`. */
function withoutCommonEnd(texts: readonly string[]): string[] {
  const cut = texts.map((text) => {
    const at = Math.max(text.lastIndexOf('_'), text.lastIndexOf('-'), text.lastIndexOf(' '));
    return { word: text.slice(at + 1), rest: text.slice(0, Math.max(0, at)) };
  });
  const isCommon = cut.every(({ word, rest }) => word === cut[0]!.word && rest !== '');
  return isCommon ? withoutCommonEnd(cut.map(({ rest }) => rest)) : [...texts];
}
