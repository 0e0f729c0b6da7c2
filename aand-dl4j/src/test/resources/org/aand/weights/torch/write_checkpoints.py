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
import zlib
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


def archived(name, entries):
    """An archive as PyTorch's own zip writer makes it: local headers without sizes and with
    padding, so that data begins at multiples of 64, data descriptors, and an end of 64 bit."""
    out, central = io.BytesIO(), io.BytesIO()
    for entry, data in entries:
        encoded, start, crc = entry.encode(), out.tell(), zlib.crc32(data)
        pad = 64 + -(start + 30 + len(encoded) + 4) % 64
        extra = struct.pack("<2sH", b"FB", pad) + b"Z" * pad
        fixed = struct.pack("<HHHHH", 0, 0x0808, 0, 0, 0)
        out.write(struct.pack("<I", 0x04034B50) + fixed)
        out.write(struct.pack("<IIIHH", 0, 0, 0, len(encoded), len(extra)) + encoded + extra)
        assert out.tell() % 64 == 0
        out.write(data)
        out.write(struct.pack("<IIII", 0x08074B50, crc, len(data), len(data)))
        central.write(struct.pack("<IH", 0x02014B50, 0) + fixed)
        central.write(struct.pack("<III", crc, len(data), len(data)))
        central.write(struct.pack("<HHHHHII", len(encoded), 0, 0, 0, 0, 0, start) + encoded)
    start, size, count = out.tell(), central.tell(), len(entries)
    out.write(central.getvalue())
    end64 = out.tell()
    out.write(struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 0x2D, 0x2D, 0, 0, count, count, size, start))
    out.write(struct.pack("<IIQI", 0x07064B50, 0, end64, 1))
    out.write(struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, size, start, 0))
    with open(name, "wb") as file:
        file.write(out.getvalue())


zipped("protocol2.pth", wrapped, 2)
zipped("protocol4.pth", state, 4)
records = [("archive/data.pkl", dump(state, 2, False)), ("archive/.format_version", b"1")]
records += [("archive/byteorder", b"little")]
records += [("archive/data/" + storage.key, storage.data) for storage in storages]
records += [("archive/version", b"3\n"), ("archive/.data/serialization_id", b"0" * 40)]
archived("pytorch_writer.pth", records)
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
