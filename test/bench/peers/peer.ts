import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Attribute, Graph } from '../../../src/graph/graph.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';

/** What one piece of work took, in milliseconds. */
export interface Taken {
  readonly wall: number;
  readonly cpu: number;
}

/** PyTorch in a process of its own, asked line by line. */
export class Peer {
  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly lines: AsyncIterator<string>,
    readonly versions: { readonly torch: string; readonly captum: string | null },
  ) {}

  /** Undefined where there is no Python with torch. */
  static async start(): Promise<Peer | undefined> {
    const script = fileURLToPath(new URL('peer.py', import.meta.url));
    const python = process.env.ATTRIBUTION_PYTHON ?? 'python3';
    const child = spawn(python, ['-W', 'ignore', script], { stdio: ['pipe', 'pipe', 'pipe'] });
    child.on('error', () => {});
    child.stdin.on('error', () => {});
    const lines: Interface = createInterface({ input: child.stdout });
    const iterator = lines[Symbol.asyncIterator]();
    const { value, done } = await iterator.next();
    return done ? undefined : new Peer(child, iterator, JSON.parse(value));
  }

  async take(graph: Graph): Promise<void> {
    const written = (values: ReadonlyMap<string, Tensor>) =>
      Object.fromEntries([...values].map(([name, value]) => [name, inBase64(value)]));
    await this.ask({
      graph: {
        nodes: graph.nodes
          .filter(({ op }) => op !== 'Constant')
          .map(({ op, inputs, outputs, attributes }) => ({
            ...{ op, inputs, outputs },
            attributes: Object.fromEntries(
              Object.entries(attributes).map(([name, one]) => [name, plain(one)]),
            ),
          })),
        constants: written(constantsOf(graph)),
        input: graph.inputs[0]!.name,
        output: graph.outputs[0]!.name,
      },
    });
  }

  async give(x: Tensor): Promise<void> {
    await this.ask({ x: inBase64(x) });
  }

  async run(method: string, options: object): Promise<Taken> {
    return (await this.ask({ method, options })) as unknown as Taken;
  }

  async result(method: string, options: object): Promise<Float32Array> {
    const { result } = await this.ask({ method, options, result: true });
    const bytes = Uint8Array.from(Buffer.from(result as string, 'base64'));
    return new Float32Array(bytes.buffer);
  }

  stop(): void {
    this.child.stdin.end();
  }

  private async ask(request: object): Promise<Record<string, unknown>> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`the peer stopped: ${this.child.stderr.read() ?? ''}`);
    return JSON.parse(value);
  }
}

/** Initializers, and the values of Constant nodes. */
function constantsOf(graph: Graph): Map<string, Tensor> {
  const constants = new Map(graph.constants);
  for (const { op, outputs, attributes } of graph.nodes) {
    if (op === 'Constant' && attributes.value?.kind === 'tensor')
      constants.set(outputs[0]!, attributes.value.value);
  }
  return constants;
}

function plain(attribute: Attribute): unknown {
  return 'value' in attribute ? attribute.value : undefined;
}

function inBase64({ dtype, dims, data }: Tensor) {
  const bytes = Buffer.from(
    (data as Float32Array).buffer,
    (data as Float32Array).byteOffset,
    (data as Float32Array).byteLength,
  );
  return { dtype, dims, data: bytes.toString('base64') };
}
