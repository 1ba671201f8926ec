import protobuf from 'protobufjs/minimal.js';

type Scalar = 'int32' | 'int64' | 'uint64' | 'float' | 'double' | 'string' | 'bytes';

/** Wire types of protobuf's encoding; messages and packed lists are written with their length. */
const WIRE: Readonly<Record<Scalar, number>> = {
  ...{ int32: 0, int64: 0, uint64: 0, double: 1, string: 2, bytes: 2, float: 5 },
};
const LENGTH = 2;
/** Nested messages beyond this are no model's. */
const DEEPEST = 100;

/** [field number, type, 'repeated' | 'packed'] by field, in the order of the numbers. */
export type Messages = Record<string, Record<string, readonly [number, string, ('repeated' | 'packed')?]>>;

type Message = Record<string, unknown>;

interface Field {
  readonly name: string;
  readonly id: number;
  readonly rule: 'repeated' | 'packed' | undefined;
  readonly scalar?: Scalar;
  readonly message?: MessageType;
}

/**
 * A message as a table of its fields, read and written with protobufjs's reader and writer. protobufjs makes functions of
 * its own for every type from text, which takes longer than reading a usual model.
 */
export class MessageType {
  readonly #byId = new Map<number, Field>();
  /** What a field that is left out has: a message's prototype, so that what is there stays told from what is not. */
  readonly #defaults: Message = {};

  /** The types of a table by name. */
  static of(messages: Messages): ReadonlyMap<string, MessageType> {
    const types = new Map(Object.keys(messages).map((name) => [name, new MessageType()]));
    for (const [name, fields] of Object.entries(messages)) {
      for (const [field, [id, type, rule]] of Object.entries(fields)) {
        const message = types.get(type);
        types
          .get(name)!
          .#take({ name: field, id, rule, ...(message ? { message } : { scalar: type as Scalar }) });
      }
    }
    return types;
  }

  #take(field: Field): void {
    this.#byId.set(field.id, field);
    this.#defaults[field.name] = field.rule
      ? Object.freeze([])
      : field.scalar === 'string'
        ? ''
        : field.scalar === 'bytes'
          ? new Uint8Array(0)
          : field.message
            ? null
            : 0;
  }

  /** The type of the messages in a field, undefined where it holds none. */
  inside(id: number): MessageType | undefined {
    return this.#byId.get(id)?.message;
  }

  /** @throws Error where the bytes are no protobuf message; fields that the table leaves out are skipped */
  decode(bytes: Uint8Array): Message {
    return this.#read(protobuf.Reader.create(bytes), bytes.length, 0, undefined);
  }

  #read(reader: protobuf.Reader, length: number, depth: number, into: Message | undefined): Message {
    if (depth > DEEPEST) throw new RangeError('nested too deep');
    const end = reader.pos + length;
    const outer = reader.len;
    if (end > outer) throw new RangeError('index out of range');
    reader.len = end;
    const message = into ?? (Object.create(this.#defaults) as Message);
    while (reader.pos < end) {
      const tag = reader.tag();
      const field = this.#byId.get(tag >>> 3);
      if (!field || !this.#field(reader, field, tag & 7, depth, message))
        reader.skipType(tag & 7, depth, tag >>> 3);
    }
    if (reader.pos !== end) throw new RangeError('index out of range');
    reader.len = outer;
    return message;
  }

  /** Whether the field was read: one of another wire type is as unknown as one of another number. */
  #field(reader: protobuf.Reader, field: Field, wire: number, depth: number, message: Message): boolean {
    const { name, scalar } = field;
    if (field.message) {
      if (wire !== LENGTH) return false;
      const before = field.rule ? undefined : (message[name] as Message | null);
      const found = field.message.#read(reader, reader.size(), depth + 1, before ?? undefined);
      if (field.rule) listOf(message, name).push(found);
      else message[name] = found;
      return true;
    }
    // Numbers may stand in one run of bytes.
    if (field.rule && wire === LENGTH && WIRE[scalar!] !== LENGTH) {
      const list = listOf(message, name);
      const end = reader.size() + reader.pos;
      const outer = reader.len;
      if (end > outer) throw new RangeError('index out of range');
      // A number that reaches beyond the run is none of it.
      reader.len = end;
      while (reader.pos < end) list.push(reader[scalar!]());
      reader.len = outer;
      return true;
    }
    if (wire !== WIRE[scalar!]) return false;
    const value = scalar === 'string' ? reader.stringVerify() : reader[scalar!]();
    if (field.rule) listOf(message, name).push(value);
    else message[name] = value;
    return true;
  }

  /** The message's bytes; what it leaves out is not written. */
  encode(message: object): Uint8Array {
    const writer = protobuf.Writer.create();
    this.#write(writer, message as Message, 0);
    return writer.finish();
  }

  #write(writer: protobuf.Writer, message: Message, depth: number): void {
    if (depth > DEEPEST) throw new RangeError('nested too deep');
    for (const field of this.#byId.values()) {
      const value = Object.hasOwn(message, field.name) ? message[field.name] : undefined;
      if (value === undefined || value === null) continue;
      const values = field.rule ? (value as readonly unknown[]) : [value];
      if (field.rule === 'packed') {
        if (values.length > 0) {
          writer.uint32((field.id << 3) | LENGTH).fork();
          for (const one of values) writer[field.scalar!](one as never);
          writer.ldelim();
        }
        continue;
      }
      const tag = (field.id << 3) | (field.message ? LENGTH : WIRE[field.scalar!]);
      for (const one of values) {
        writer.uint32(tag);
        if (field.message) {
          writer.fork();
          field.message.#write(writer, one as Message, depth + 1);
          writer.ldelim();
        } else writer[field.scalar!](one as never);
      }
    }
  }
}

/** A field's own list: the one it has by default is everybody's. */
function listOf(message: Message, name: string): unknown[] {
  if (!Object.hasOwn(message, name)) message[name] = [];
  return message[name] as unknown[];
}
