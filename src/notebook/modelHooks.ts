/**
 * Python: a copy of a model, with the hooks that people registered on it. They are functions of theirs that write into
 * their variables, so the copy calls them on copies of all that they reach, and only as long as its answers depend on them.
 * Hooks of PyTorch itself (norms of weights, pruning) stay. Needs `torch` and `copy`.
 */
export const MODEL_HOOKS = `
import copy, dis, functools, gc, types
class Detached(dict):
    # What a model keeps of an earlier call (activations, states, a norm's weight) hangs on a graph, which no copy takes.
    kept = {}
    def get(self, key, default=None):
        return super().get(key, self.kept[key].detach().clone() if key in self.kept else default)
def named(value):
    return getattr(value, "__qualname__", None) or type(value).__qualname__
def own(hook):
    kinds = [hook] if hasattr(hook, "__qualname__") else type(hook).__mro__
    return not any((k.__module__ or "").split(".")[0] == "torch" for k in kinds if k is not torch.nn.Module)
def copy_of(model, name, memo):
    try:
        return copy.deepcopy(model, memo)
    except Exception as error:
        for path, module in model.named_modules():
            for key, value in vars(module).items():
                if key == "_modules":
                    continue
                try:
                    copy.deepcopy(value, Detached())
                except Exception as reason:
                    where = name + ("." + path if path else "")
                    what = "a hook of " + where if "hooks" in key else where + "." + key
                    raise ValueError("%s cannot be copied, and what is exported is a copy: %s holds what no copy can be made of (%s). Set it to None or take it off for the export" % (name, what, str(reason)[:200]))
        raise ValueError("%s cannot be copied, and what is exported is a copy: %s" % (name, str(error)[:300]))
def reached(code):
    # Names of the notebook that a function reads or sets, in functions within it, too.
    at = ("LOAD_GLOBAL", "LOAD_NAME", "STORE_GLOBAL", "DELETE_GLOBAL")
    found = {one.argval for one in dis.get_instructions(code) if one.opname in at}
    return found.union(*(reached(c) for c in code.co_consts if isinstance(c, types.CodeType)))
class Apart:
    # Functions are the same ones in every copy: these are others, with copies of the variables that they reach.
    def __init__(self, memo):
        self.memo, self.spaces, self.made = memo, {}, {}
        # What is a copy already stays that one.
        for value in list(memo.values()):
            memo.setdefault(id(value), value)
    def of(self, value, home=None):
        if isinstance(value, functools.partial):
            return functools.partial(self.of(value.func), *self.of(value.args), **self.of(value.keywords))
        if isinstance(value, types.MethodType):
            return types.MethodType(self.of(value.__func__), self.of(value.__self__))
        if isinstance(value, types.BuiltinFunctionType) and not isinstance(value.__self__, (types.ModuleType, type(None))):
            return getattr(self.of(value.__self__), value.__name__)
        if isinstance(value, (types.ModuleType, types.BuiltinFunctionType, type)):
            return value
        if not isinstance(value, types.FunctionType):
            return copy.deepcopy(value, self.memo)
        # Functions of libraries have nothing of the notebook's.
        return value if home is not None and value.__globals__ is not home else self.function(value)
    def function(self, value):
        if id(value) in self.made:
            return self.made[id(value)]
        home, closure = value.__globals__, value.__closure__ or ()
        space, done = self.spaces.setdefault(id(home), (dict(home), set()))
        cells = tuple(types.CellType() for _ in closure)
        made = types.FunctionType(value.__code__, space, value.__name__, None, cells or None)
        self.made[id(value)] = made
        for name in reached(value.__code__) & home.keys() - done:
            done.add(name)
            space[name] = self.of(home[name], home)
        for new, cell in zip(cells, closure):
            if cell != types.CellType():
                new.cell_contents = self.of(cell.cell_contents, home)
        made.__defaults__, made.__kwdefaults__ = self.of(value.__defaults__), self.of(value.__kwdefaults__)
        return made
class Hooks:
    def __init__(self, copied, name, memo):
        kinds = ["forward", "forward_pre", "backward", "backward_pre"]
        all_modules = vars(torch.nn.modules.module)
        found = [("all modules", kind, all_modules.get("_global_%s_hooks" % kind)) for kind in kinds]
        found += [(path or name, kind, vars(m).get("_%s_hooks" % kind)) for path, m in copied.named_modules() for kind in kinds]
        self.places, self.names = [], []
        for where, kind, hooks in found:
            theirs = {key: hook for key, hook in (hooks or {}).items() if own(hook)}
            if theirs:
                self.places.append([hooks, dict(hooks), theirs, "backward" not in kind])
                self.names += ["%s on %s" % (named(h), where) for h in theirs.values() if "backward" not in kind]
        self.off()
        one = Apart(memo)
        try:
            for place in self.places:
                place[2] = {key: one.of(hook) for key, hook in place[2].items()} if place[3] else {}
        except Exception as error:
            self.back()
            raise ValueError("The hooks of %s (%s) use what no copy can be made of (%s), so that they would run on yours: take them off (handle.remove()) for the export" % (name, self, str(error)[:200]))
    def off(self):
        for found, before, _, _ in self.places:
            found.clear()
            found.update({key: hook for key, hook in before.items() if not own(hook)})
    def on(self):
        for found, before, theirs, forward in self.places:
            found.clear()
            found.update({key: theirs.get(key, hook) for key, hook in before.items() if forward or not own(hook)})
    def back(self):
        for found, before, _, _ in self.places:
            found.clear()
            found.update(before)
    def __str__(self):
        return ", ".join(self.names[:4])
`;
