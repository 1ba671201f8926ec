import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import { join } from 'node:path';
import type { RuntimePreference } from '../../../src/engine/requests.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { openSockets } from './sockets.ts';

/**
 * child.ts WHAT [RUNTIME] [SECONDS]: does it, stays for so long (1) and says on standard output what went to the network.
 * `work`: explain and audit; `loud`: loads onnxruntime-node with its telemetry on; `talk`: opens a socket; `ask`: asks
 * for a name and fetches.
 */
const [what, runtime, seconds = '1'] = process.argv.slice(2);
const tiny = (name: string) => join('test/fixtures/tiny', name);
const seen = new Set<string>();

/** The library's JavaScript is stopped and noted; sockets of its native code are found by looking. */
function guard(): void {
  const stop = (name: string) => () => {
    seen.add(name);
    throw new Error(`${name} is not wanted`);
  };
  net.Socket.prototype.connect = stop('net.Socket.connect');
  for (const name of ['lookup', 'resolve', 'resolve4'] as const)
    Object.assign(dns, { [name]: stop(`dns.${name}`) });
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const url = `${input instanceof Request ? input.url : input}`;
    return /^(file|data):/.test(url) ? fetch(input, init) : stop(`fetch ${url}`)();
  };
}

const tasks: Readonly<Record<string, () => Promise<unknown>>> = {
  work: async () => {
    const engine = createEngine();
    const request = {
      model: tiny('tiny.onnx'),
      data: tiny('long.csv'),
      project: tiny('attribution.json'),
      prefer: runtime as RuntimePreference,
    };
    const { id, note } = await engine.runtime(request);
    if (id !== runtime) throw new Error(note);
    await engine.explain(request);
    await engine.audit(request);
    await engine.dispose();
  },
  loud: async () => {
    process.env.ORT_DISABLE_TELEMETRY = '0';
    const { InferenceSession } = await import('onnxruntime-node');
    await InferenceSession.create(tiny('tiny.onnx'));
  },
  talk: async () => {
    // Open to the end: where much else runs, a look may come late.
    createSocket('udp4').bind(0, '127.0.0.1');
  },
  ask: async () => {
    try {
      dns.lookup('example.invalid', () => {});
    } catch {}
    await fetch('http://example.invalid').catch(() => {});
  },
};

// dgram looks its own address up.
if (what !== 'talk') guard();
const look = () => {
  if (process.platform === 'linux') for (const socket of openSockets()) seen.add(socket);
};
let watch = setInterval(look, 20);
// What fails here ends the process with an error of its own.
void tasks[what ?? '']!().then(() => {
  // A name that nobody answers is asked for seconds long: no need to look as often.
  clearInterval(watch);
  watch = setInterval(look, 100);
  setTimeout(() => {
    look();
    clearInterval(watch);
    process.stdout.write(JSON.stringify([...seen]), () => process.exit());
  }, Number(seconds) * 1000);
});
