import { ReadingQuestion } from '../data/reading/readingQuestion.ts';
import { sentInParts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { CallContext, Engine } from './contract.ts';
import { packed } from './packing.ts';
import type {
  Answer,
  CancelRequest,
  EngineMessage,
  EngineMethod,
  EngineRequest,
  EnoughRequest,
} from './protocol.ts';

/** The child's side of the channel to its parent; `process` is one. */
interface Channel {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  send(message: EngineMessage): void;
}

/** Progress is for eyes: more often than this it only costs. */
const progressEveryMs = 40;

/** Answers each request that comes in. A request that fails, fails alone: the engine goes on. */
export function serve(engine: Engine, channel: Channel): void {
  const running = new Map<number, { readonly cancel: AbortController; readonly enough: AbortController }>();
  channel.on('message', async (message) => {
    const request = message as EngineRequest | CancelRequest | EnoughRequest;
    if ('cancel' in request) {
      running.get(request.cancel)?.cancel.abort(new Refusal('cancelled', 'Cancelled.'));
      return;
    }
    if ('enough' in request) {
      running.get(request.enough)?.enough.abort();
      return;
    }
    const controls = { cancel: new AbortController(), enough: new AbortController() };
    running.set(request.id, controls);
    const answer = await reply(engine, request, {
      ...reporter(channel, request.id),
      signal: controls.cancel.signal,
      enough: controls.enough.signal,
    });
    running.delete(request.id);
    channel.send(sentInParts(answer, (part) => channel.send({ kind: 'part', id: request.id, part })));
  });
  channel.send({ kind: 'ready' });
}

async function reply(engine: Engine, request: EngineRequest, context: CallContext): Promise<EngineMessage> {
  const { id } = request;
  try {
    return { kind: 'answer', id, answer: packed(await perform(engine, request, context)) };
  } catch (error) {
    if (error instanceof Refusal) {
      return {
        kind: 'refusal',
        id,
        code: error.code,
        sentence: error.message,
        place: error.place,
        ...(error instanceof ReadingQuestion && { doubt: error.doubt }),
      };
    }
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'defect', id, message, stack };
  }
}

function perform(
  engine: Engine,
  request: EngineRequest,
  context: CallContext,
): Promise<Answer<EngineMethod>> {
  const method = engine[request.method] as
    | ((argument: EngineRequest['argument'], context: CallContext) => Promise<Answer<EngineMethod>>)
    | undefined;
  if (!method) {
    throw new Error(`The engine has no method ${String(request.method)}.`);
  }
  return method.call(engine, request.argument, context);
}

function reporter(channel: Channel, id: number): CallContext {
  let last = -Infinity;
  return {
    saw: (sighting) => channel.send({ kind: 'saw', id, sighting: packed(sighting) }),
    report: (share, what) => {
      const now = performance.now();
      if (now - last >= progressEveryMs) {
        last = now;
        channel.send({ kind: 'progress', id, share, what });
      }
    },
  };
}
