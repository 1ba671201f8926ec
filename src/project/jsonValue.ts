import type { Node } from 'jsonc-parser';
import leven from 'leven';
import { Refusal } from '../refusal.ts';

/** Classes, features, means of one project: no model has more. */
export const MOST_NAMES = 4096;
/** UTF-16 units of a name, a class or another text. */
const MOST_TEXT = 1000;

/** The text a value stands in, to say where. */
interface JsonFile {
  readonly name: string;
  readonly text: string;
}

/** A value of a JSON file that knows its place, so that whatever is wrong with it can be said with line and property. */
export class JsonValue {
  /** @param path e.g. `preprocess[1].pad.to`, empty for the whole file */
  constructor(
    private readonly node: Node,
    readonly path: string,
    private readonly file: JsonFile,
  ) {}

  get isNull(): boolean {
    return this.node.type === 'null';
  }

  /** The number of elements or properties; 0 for other values. */
  get size(): number {
    return this.node.children?.length ?? 0;
  }

  is(type: 'object' | 'array' | 'string' | 'number' | 'boolean'): boolean {
    return this.node.type === type;
  }

  /** @param what goes on after the property's name, e.g. `must be true or false` */
  refuse(what: string, code = 'project-value'): Refusal {
    const line = this.file.text.slice(0, this.node.offset).split('\n').length;
    const path = this.path.length > 100 ? `${this.path.slice(0, 99)}…` : this.path;
    const where = path === '' ? 'the file' : `"${path}"`;
    return new Refusal(code, `${this.file.name}, line ${line}: ${where} ${what}.`);
  }

  /**
   * The properties, none of which may be unknown or stand twice.
   * @throws Refusal `project-value`, `project-key`
   */
  properties<K extends string>(allowed: readonly K[]): Partial<Record<K, JsonValue>> {
    if (this.node.type !== 'object') {
      throw this.refuse(`must be an object, not ${this.shown}`);
    }
    const found: Partial<Record<K, JsonValue>> = {};
    for (const { children } of this.node.children ?? []) {
      const [keyNode, valueNode] = children ?? [];
      if (!keyNode || !valueNode) {
        continue;
      }
      const name = String(keyNode.value);
      const key = allowed.find((candidate) => candidate === name);
      const value = new JsonValue(valueNode, this.path === '' ? name : `${this.path}.${name}`, this.file);
      if (key === undefined) {
        throw value.refuse(`is not known${suggestion(name, allowed)}`, 'project-key');
      }
      if (found[key]) {
        throw value.refuse('stands twice', 'project-key');
      }
      found[key] = value;
    }
    return found;
  }

  elements(what: string, most: number): JsonValue[] {
    if (this.node.type !== 'array') {
      throw this.refuse(`must be ${what}, not ${this.shown}`);
    }
    if (this.size > most) {
      throw this.refuse(`lists ${this.size}, more than the ${most} that are read`);
    }
    return (this.node.children ?? []).map(
      (child, index) => new JsonValue(child, `${this.path}[${index}]`, this.file),
    );
  }

  /** @param most UTF-16 units: what is read here is quoted in sentences */
  text(what = 'a text that is not empty', most = MOST_TEXT): string {
    const text: unknown = this.node.value;
    if (this.node.type !== 'string' || typeof text !== 'string' || text === '') {
      throw this.refuse(`must be ${what}, not ${this.shown}`);
    }
    if (text.length > most)
      throw this.refuse(`has ${text.length} characters, more than the ${most} that are read`);
    return text;
  }

  number(what = 'a number'): number {
    if (this.node.type !== 'number' || !Number.isFinite(this.node.value)) {
      throw this.refuse(`must be ${what}, not ${this.shown}`);
    }
    return this.node.value as number;
  }

  flag(): boolean {
    if (this.node.type !== 'boolean') {
      throw this.refuse(`must be true or false, not ${this.shown}`);
    }
    return this.node.value as boolean;
  }

  oneOf<const T extends string>(allowed: readonly T[]): T {
    const value = allowed.find((candidate) => candidate === this.node.value);
    if (value === undefined) {
      const words = allowed.map((word) => JSON.stringify(word));
      throw this.refuse(`must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}, not ${this.shown}`);
    }
    return value;
  }

  /** At least `least` different texts. */
  names(least: number, what: string): string[] {
    const values = this.elements(what, MOST_NAMES).map((element) => element.text());
    const seen = new Set<string>();
    const double = values.find((value) => seen.size === seen.add(value).size);
    if (double !== undefined) {
      throw this.refuse(`lists "${double}" twice`);
    }
    if (values.length < least) {
      throw this.refuse(`must be ${what}`);
    }
    return values;
  }

  private get shown(): string {
    const { type, value } = this.node;
    if (type === 'object' || type === 'array') {
      return `an ${type}`;
    }
    const text = JSON.stringify(value);
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
  }
}

function suggestion(name: string, allowed: readonly string[]): string {
  const [closest] = (name.length > 60 ? [] : allowed)
    .map((key) => ({ key, distance: leven(key.toLowerCase(), name.toLowerCase()) }))
    .filter(({ key, distance }) => distance <= Math.max(2, key.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return closest
    ? `, did you mean "${closest.key}"`
    : ` (allowed: ${allowed.filter((key) => key !== '$schema').join(', ')})`;
}
