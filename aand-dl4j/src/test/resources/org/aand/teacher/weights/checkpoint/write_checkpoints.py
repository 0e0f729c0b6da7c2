"""Writes the .pth files beside it with Python's own pickle and zipfile.

PyTorch itself is not needed: stand-ins carry the names of its functions, so that the pickles hold
what torch.save writes. Run: python3 write_checkpoints.py
"""
import io
import pickle
import struct
import sys
import types
import zipfile
from collections import OrderedDict

utils = types.ModuleType("torch._utils")
torch = types.ModuleType("torch")
torch._utils = utils
sys.modules["torch"] = torch
sys.modules["torch._utils"] = utils
for kind in ("FloatStorage", "HalfStorage", "LongStorage"):
    setattr(torch, kind, type(kind, (), {"__module__": "torch"}))


def _rebuild_tensor_v2(*arguments):
    raise NotImplementedError


_rebuild_tensor_v2.__module__ = "torch._utils"
utils._rebuild_tensor_v2 = _rebuild_tensor_v2


class Storage:
    def __init__(self, key, kind, code, values):
        self.key, self.kind = key, kind
        self.values, self.data = values, struct.pack("<%d%s" % (len(values), code), *values)


class Tensor:
    def __init__(self, storage, offset, size, stride):
        self.arguments = (storage, offset, size, stride, False, OrderedDict())

    def __reduce__(self):
        return _rebuild_tensor_v2, self.arguments


def dump(state, protocol, legacy):
    class Pickler(pickle.Pickler):
        def persistent_id(self, thing):
            if isinstance(thing, Storage):
                kind = getattr(torch, thing.kind)
                known = ("storage", kind, thing.key, "cpu", len(thing.values))
                return known + ((None,) if legacy else ())
            return None

    out = io.BytesIO()
    Pickler(out, protocol).dump(state)
    return out.getvalue()


floats = Storage("0", "FloatStorage", "f", [i / 4 for i in range(-6, 18)])
halves = Storage("1", "HalfStorage", "e", [0.5, -2.0, 65504.0, 2.0**-24])
count = Storage("2", "LongStorage", "q", [123456789012])
storages = [floats, halves, count]
state = OrderedDict()
state["module.whole"] = Tensor(floats, 0, (2, 3, 4), (12, 4, 1))
state["module.turned"] = Tensor(floats, 1, (4, 3), (1, 4))
state["module.halves"] = Tensor(halves, 0, (4,), (1,))
state["module.bn.num_batches_tracked"] = Tensor(count, 0, (), ())
state._metadata = OrderedDict([("", {"version": 1}), ("module.bn", {"version": 2})])
wrapped = {"epoch": 3, "state_dict": state, "best": 0.75, "optimizer": {"groups": [{"lr": 0.1}]}}


def zipped(name, objects, protocol):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_STORED) as archive:
        def add(entry, data):
            archive.writestr(zipfile.ZipInfo(entry), data)

        add("model/data.pkl", dump(objects, protocol, False))
        add("model/byteorder", b"little")
        for storage in storages:
            add("model/data/" + storage.key, storage.data)
        add("model/version", b"3\n")


zipped("protocol2.pth", wrapped, 2)
zipped("protocol4.pth", state, 4)
with open("legacy.pth", "wb") as out:
    pickle.dump(0x1950A86A20F9469CFC6C, out, 2)
    pickle.dump(1001, out, 2)
    machine = {"protocol_version": 1001, "little_endian": True}
    machine["type_sizes"] = {"short": 2, "int": 4, "long": 8}
    pickle.dump(machine, out, 2)
    out.write(dump(state, 2, True))
    pickle.dump(sorted(s.key for s in storages), out, 2)
    for storage in storages:
        out.write(struct.pack("<q", len(storage.values)) + storage.data)
