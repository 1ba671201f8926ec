import { APART } from './apart.ts';

/**
 * Python: a copy of a model, with the hooks that people registered on it. They and its `forward` are functions of theirs
 * that write into their variables, so the copy calls them on copies of all that they reach; hooks only as long as its
 * answers depend on them.
 * Hooks of PyTorch itself (norms of weights, pruning) stay. Needs `torch`.
 */
export const MODEL_HOOKS = `
import collections, contextlib, gc, io, random
${APART}
class Detached(dict):
    # What a model keeps of an earlier call (activations, states, a norm's weight) hangs on a graph, which no copy takes.
    kept = {}
    def get(self, key, default=None):
        return super().get(key, self.kept[key].detach().clone() if key in self.kept else default)
@contextlib.contextmanager
def unseen():
    # Nothing that a model prints or draws by chance is left behind.
    import numpy as np
    dice = random.getstate(), np.random.get_state()
    try:
        with contextlib.redirect_stdout(io.StringIO()), torch.random.fork_rng(devices=[]):
            yield
    finally:
        random.setstate(dice[0])
        np.random.set_state(dice[1])
def named(value):
    return getattr(value, "__qualname__", None) or type(value).__qualname__
def own(hook):
    kinds = [hook] if hasattr(hook, "__qualname__") else type(hook).__mro__
    return not any((k.__module__ or "").split(".")[0] == "torch" for k in kinds if k is not torch.nn.Module)
def copy_of(model, name, one):
    try:
        with unseen():
            return one.model(model)
    except Exception as error:
        for path, module in model.named_modules():
            for key, value in vars(module).items():
                if key == "_modules" or "hooks" in key:
                    continue
                try:
                    copy.deepcopy(value, Detached())
                except Exception as reason:
                    where = name + ("." + path if path else "") + "." + key
                    raise ValueError("%s cannot be copied, and what is exported is a copy: %s holds what no copy can be made of (%s). Set it to None or take it off for the export" % (name, where, str(reason)[:200]))
        raise ValueError("%s cannot be copied, and what is exported is a copy: %s" % (name, str(error)[:300]))
class Hooks:
    def __init__(self, model, name):
        kinds = ["forward", "forward_pre", "backward", "backward_pre"]
        all_modules = vars(torch.nn.modules.module)
        found = [("all modules", kind, all_modules.get("_global_%s_hooks" % kind)) for kind in kinds]
        self.everywhere = [hooks for _, _, hooks in found if hooks]
        found += [(path or name, kind, vars(m).get("_%s_hooks" % kind)) for path, m in model.named_modules() for kind in kinds]
        found = [(where, "backward" not in kind, hooks) for where, kind, hooks in found if any(map(own, (hooks or {}).values()))]
        self.names = ["%s on %s" % (named(h), where) for where, forward, hooks in found if forward for h in hooks.values() if own(h)]
        # Kept: weak references to what was copied hold nothing.
        memo = self.memo = Detached()
        one = Apart(memo)
        self.places, self.left = [], set()
        for _, forward, hooks in found:
            everywhere = any(hooks is each for each in self.everywhere)
            copied = hooks if everywhere else collections.OrderedDict()
            if not everywhere:
                memo[id(hooks)] = copied
            self.places.append([copied, hooks if not everywhere else dict(hooks), everywhere, forward, {}])
        self.model = copy_of(model, name, one).cpu().eval()
        try:
            for _, hooks, everywhere, forward, copies in self.places:
                for key, hook in hooks.items():
                    if own(hook) and forward or not own(hook) and not everywhere:
                        copies[key] = one.deep(hook)
                    elif not own(hook):
                        copies[key] = hook
        except Exception as error:
            raise ValueError("The hooks of %s (%s) use what no copy can be made of (%s), so that they would run on yours: take them off (handle.remove()) for the export" % (name, self, str(error)[:200]))
    def fill(self, theirs):
        for at, (found, hooks, _, _, copies) in enumerate(self.places):
            found.clear()
            found.update({key: hook for key, hook in copies.items() if theirs and (at, key) not in self.left or not own(hooks[key])})
    def leave_out(self, answer, alike):
        # Those without which the answer is the same; what one of them kept for another is of the series before.
        whole = answer(False)
        for at, (_, hooks, _, forward, copies) in enumerate(self.places):
            for key in [key for key in copies if forward and own(hooks[key])]:
                answer(True)
                self.left.add((at, key))
                self.on()
                if not alike(answer(False), whole):
                    self.left.discard((at, key))
                self.on()
    def off(self):
        self.fill(False)
    def on(self):
        self.fill(True)
    def back(self):
        for found, hooks, everywhere, _, _ in self.places:
            if everywhere:
                found.clear()
                found.update(hooks)
    def __str__(self):
        return ", ".join(self.names[:4])
`;
