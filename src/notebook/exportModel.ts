import { MODEL_HOOKS } from './modelHooks.ts';

/** A model of a notebook that is written as a file. */
export interface ModelRequest {
  readonly model: string;
  /** The series, for what is said. */
  readonly series: string;
  /** The `.npz` with the series; its first two instances are the example that the export wants. */
  readonly data: string;
  /** Without extension: `.pt2` comes to PyTorch models, `.keras` to Keras models. */
  readonly file: string;
  /** The digest of what was written last; where it would be the same, nothing is written. */
  readonly known?: string;
}

/** What became of it. */
export interface ExportedModel {
  readonly file: string;
  /** How the series was laid out for it: as it is, or with the last two axes turned. */
  readonly turned: boolean;
  /** Of weights, program and the shape it takes: the same weights may stand in another `forward`. */
  readonly digest: string;
}

/**
 * Exports a copy of the model, in evaluation mode and on the processor; the notebook's own stays as it is. PyTorch:
 * torch.export with a free batch, else with a batch of one. Answers `ExportedModel`, or `{ error, reason }`.
 */
export const EXPORT_MODEL = `
import hashlib, os
${MODEL_HOOKS}
model = variable(args["model"])
os.makedirs(os.path.dirname(args["file"]), exist_ok=True)
torch = sys.modules.get("torch")
keras = is_keras(type(model))
if not keras and (torch is None or not isinstance(model, torch.nn.Module)):
    raise TypeError(args["model"] + " is no model of PyTorch or Keras any more")
if not keras:
    # What torch.compile and the parallel modules wrap: theirs take any arguments, and layers are to have their own paths.
    model = next(m for m in model.modules() if not type(m).__name__.endswith(("OptimizedModule", "DataParallel")))
    if isinstance(model, torch.jit.ScriptModule):
        raise TypeError(args["model"] + " is TorchScript, which torch.export does not take: pick the module that it was made from")
    if any(map(torch.nn.parameter.is_lazy, [*model.parameters(), *model.buffers()])):
        raise ValueError(args["model"] + " has lazy layers whose sizes are not known yet: call it once on a batch")
turned = False
weights = hashlib.sha256()
if not keras:
    # Not \`state_dict\`, which calls hooks.
    for name, tensor in sorted({**dict(model.named_parameters()), **dict(model.named_buffers())}.items()):
        weights.update(name.encode())
        weights.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy().tobytes())
    file = args["file"] + ".pt2"
else:
    for tensor in model.get_weights():
        weights.update(tensor.tobytes())
    try:
        weights.update(model.to_json().encode())
    except Exception:
        weights.update(os.urandom(16))
    file = args["file"] + ".keras"
fresh = file[: file.rindex(".")] + ".%d.part" % os.getpid() + file[file.rindex("."):]
if not keras:
    import numpy as np
    Detached.kept = {id(t): t for t in gc.get_objects() if issubclass(type(t), torch.Tensor) and not t.is_leaf}
    hooks = Hooks(model, args["model"])
    copied = hooks.model
    with np.load(args["data"]) as arrays:
        some = arrays["x"][:2]
    weight = next((p for p in copied.parameters() if p.is_floating_point()), None)
    kind = weight.dtype if weight is not None else torch.float32
    example = torch.as_tensor(some).to(kind)
    def runs(x, gradient=False):
        try:
            with torch.set_grad_enabled(gradient), unseen():
                # Of the processor alone: the other seeds those of graphics cards, which stay as they are.
                torch.default_generator.manual_seed(0)
                return copied(x), None
        except Exception as error:
            return None, error
    def fitting():
        first = runs(example, bool(hooks.names))[1]
        if first is None:
            return example, False, None
        if example.ndim == 3 and runs(example.transpose(1, 2), bool(hooks.names))[1] is None:
            return example.transpose(1, 2).contiguous(), True, None
        if example.ndim == 2 and runs(example[:, None, :])[1] is None:
            return example[:, None, :].contiguous(), False, None
        return example, False, first
    def flat(outputs):
        if isinstance(outputs, dict):
            outputs = list(outputs.values())
        if isinstance(outputs, (list, tuple)):
            return [t for o in outputs for t in flat(o)]
        return [outputs] if isinstance(outputs, torch.Tensor) else []
    def alike(one, other):
        one, other = flat(one), flat(other)
        return len(one) == len(other) > 0 and all(a.shape == b.shape and torch.equal(a, b) for a, b in zip(one, other))
    try:
        hooks.off()
        if hooks.names:
            # A hook that only looks is left out; one that changes the answer is a part of the model.
            hooks.on()
            given, turned, first = fitting()
            if first is None:
                # Another series: what a hook kept of the last one may be read by the model.
                other = given.flip(0, -1)
                hooks.off()
                without = runs(other, True)[0]
                hooks.on()
                if alike(runs(other, True)[0], without):
                    hooks.off()
                else:
                    hooks.leave_out(lambda before: runs(other if before else given, True)[0], alike)
            else:
                hooks.off()
                given, turned, fault = fitting()
                if fault is None:
                    raise ValueError("%s runs without its hooks only (%s; %s): take them off (handle.remove()) for the export" % (args["model"], hooks, str(first)[:200]))
        else:
            given, turned, first = fitting()
        if first is not None:
            raise ValueError("%s does not take %s of shape %s: %s" % (args["model"], args["series"], list(example.shape), str(first)[:300]))
        example = given
        with unseen():
            try:
                program = torch.export.export(copied, (example,), dynamic_shapes=({0: torch.export.Dim("batch")},))
            except Exception:
                program = torch.export.export(copied, (example[:1],))
    finally:
        hooks.back()
        Detached.kept = {}
    weights.update(repr((list(example.shape[1:]), turned, program.graph_module.code)).encode())
    for name, value in sorted(program.constants.items()):
        weights.update(name.encode())
        if hasattr(value, "detach"):
            weights.update(value.detach().cpu().contiguous().flatten().view(torch.uint8).numpy().tobytes())
    save = lambda: torch.export.save(program, fresh)
else:
    save = lambda: model.save(fresh)
digest = weights.hexdigest()
if digest == args.get("known") and os.path.exists(file):
    save = None
try:
    if save is not None:
        save()
        os.replace(fresh, file)
finally:
    if os.path.exists(fresh):
        os.remove(fresh)
answer = {"file": file, "turned": turned, "digest": digest}
`;
